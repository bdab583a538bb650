"""What pages that show the schedule are made from, for those who keep them for guests."""

from datetime import datetime, time, timedelta

from django.http import HttpRequest
from django.utils import timezone

from community.live.keep import keep
from webinars.facts import SCHEDULE, session_stream
from webinars.models import Session
from webinars.queries import next_change
from webinars.rules import discussion_opens_at


def keep_schedule(request: HttpRequest, *streams: str) -> None:
    """Call it before reading rows. Params: streams, of what else the page shows."""
    if request.user.is_authenticated:  # hers is kept for nobody
        return
    keep(request, SCHEDULE, *streams)
    keep(request, until=next_change(request.user, now=timezone.now()))  # read after the numbers, as all rows are


def keep_until_tomorrow(request: HttpRequest) -> None:
    """A page that marks the present day, in the active zone."""
    if not request.user.is_authenticated:
        tomorrow = timezone.localdate() + timedelta(days=1)
        keep(request, until=datetime.combine(tomorrow, time.min, tzinfo=timezone.get_current_timezone()))


def keep_session(request: HttpRequest, session_id: int) -> int:
    """Call it before reading the session and who comes. Returns: the head of its stream."""
    stream = session_stream(session_id)
    return keep(request, stream)[stream]


def keep_until_closed(request: HttpRequest, session: Session) -> None:
    """What its page says of registration changes by itself once that is closed, and of its thread once that opens."""
    for moment in (session.registration_closes_at, discussion_opens_at(session)):
        if not request.user.is_authenticated and moment > timezone.now():
            keep(request, until=moment)
