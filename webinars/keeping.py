"""What pages that show the schedule are made from, for those who keep them for guests."""

from django.http import HttpRequest
from django.utils import timezone

from community.live.keep import keep
from webinars.facts import SCHEDULE, seats_stream
from webinars.models import Session
from webinars.queries import next_change


def keep_schedule(request: HttpRequest, *streams: str) -> None:
    """Call it before reading rows. Params: streams, of what else the page shows."""
    if request.user.is_authenticated:  # hers is kept for nobody
        return
    keep(request, SCHEDULE, *streams)
    keep(request, until=next_change(request.user, now=timezone.now()))  # read after the numbers, as all rows are


def keep_seats(request: HttpRequest, session: Session) -> None:
    """Call it before reading who comes."""
    if request.user.is_authenticated:
        return
    closes_at = session.registration_closes_at
    keep(request, seats_stream(session.pk), until=closes_at if closes_at > timezone.now() else None)
