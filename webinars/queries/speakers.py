"""Speakers and their own entries."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from webinars.keys import of_speaker_calendar_key, of_speaker_door_key, of_speaker_key
from webinars.models import Proposal, Speaker
from webinars.queries.feeds import hash_of
from webinars.rules import ENTRIES_OPEN_FOR


def speaker_of_token(token: str) -> Speaker | None:
    """Params: token, as it was sent to her first, or a key of `speaker_key`. None for a link that was
    replaced or ended, and once the session has been over for long."""
    if named := of_speaker_key(token):
        return _named(named)
    return _open_ones().filter(link_hash=hash_of(token)).first()


def speaker_of_calendar_key(key: str) -> Speaker | None:
    """Whose calendar file it is, for as long as her link holds."""
    return _named(of_speaker_calendar_key(key))


def speaker_of_door_key(key: str) -> Speaker | None:
    """Who is let into the room, for as long as her link holds."""
    return _named(of_speaker_door_key(key))


def _named(named: tuple[int, str] | None) -> Speaker | None:
    """Params: named, her id, and how the hash of her link begins."""
    if named is None:
        return None
    return _open_ones().filter(pk=named[0], link_hash__startswith=named[1]).exclude(link_hash="").first()


def _open_ones() -> QuerySet[Speaker]:
    still = Speaker.objects.filter(session__ends_at__gt=timezone.now() - ENTRIES_OPEN_FOR)
    return still.select_related("session__series", "city")


def speaker_at_desk(speaker_id: int) -> Speaker:
    """Raises: Http404."""
    return get_object_or_404(Speaker.objects.select_related("session__series", "city", "picture"), pk=speaker_id)


def address_of_speaker(speaker: Speaker) -> str:
    """Where her link went last, or what was said when she was proposed; empty where nobody knows."""
    if speaker.link_email:
        return speaker.link_email
    proposed = Proposal.objects.filter(session=speaker.session_id, speaker_name=speaker.name).exclude(speaker_name="")
    return proposed.exclude(speaker_email="").order_by("pk").values_list("speaker_email", flat=True).first() or ""
