"""Rooms of a BigBlueButton server: https://docs.bigbluebutton.org/development/api (calls `create` and `join`)."""

import hashlib
import hmac
import logging
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import pgettext

from i18n.texts import said
from webinars.models import Room, Session

PATIENCE_SECONDS = 5.0
OPEN_SECONDS = 60  # a meeting that nobody has entered yet is kept there for some minutes
ANSWER_BYTES = 64 * 1024
log = logging.getLogger(__name__)


class RoomIsAway(Exception):
    """The server does not answer, or refuses."""


def enter(session: Session, room: Room, *, name: str, language: str, leads: bool) -> str:
    """The address at which one person enters, with the meeting begun where it has not been.

    Params: name, as she is called there; leads, for who may present and record. Raises: RoomIsAway.
    """
    _ensure_open(session, room)
    told = {
        "fullName": name or pgettext("name in a video call of somebody who has told none", "Guest"),
        "meetingID": room.name,
        "role": "MODERATOR" if leads else "VIEWER",
        "userdata-bbb_override_default_locale": language,
    }
    return _signed("join", told)


def _ensure_open(session: Session, room: Room) -> None:
    """`create` does nothing where the meeting runs; when a session begins it is not asked for each who comes."""
    key = f"bigbluebutton:{room.name}"
    if cache.get(key):
        return
    told = {
        "name": said(session, "title", session.original_language).text,
        "meetingID": room.name,
        "attendeePW": _password(room, "attendee"),  # it takes a second `create` for the same by these two
        "moderatorPW": _password(room, "moderator"),
        "record": "true",  # whoever leads begins it: nothing is recorded by itself
        "autoStartRecording": "false",
        "logoutURL": f"{settings.PUBLIC_ORIGIN}{session.get_absolute_url()}",
    }
    try:
        with urlopen(_signed("create", told), timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 - the operator's own
            text = answer.read(ANSWER_BYTES)
    except (URLError, OSError) as error:
        log.warning("BigBlueButton does not answer: %r", error)
        raise RoomIsAway from error
    if b"<returncode>SUCCESS</returncode>" not in text:
        log.warning("BigBlueButton refuses: %s", text[:500].decode(errors="replace"))
        raise RoomIsAway
    cache.set(key, True, OPEN_SECONDS)


def _signed(call: str, told: dict[str, str]) -> str:
    asked = urlencode(told)
    checksum = hashlib.sha256(f"{call}{asked}{settings.BIGBLUEBUTTON_SECRET}".encode()).hexdigest()
    return f"{settings.BIGBLUEBUTTON_URL.rstrip('/')}/api/{call}?{asked}&checksum={checksum}"


def _password(room: Room, of: str) -> str:
    secret = settings.BIGBLUEBUTTON_SECRET.encode()
    return hmac.new(secret, f"{of} {room.name}".encode(), hashlib.sha256).hexdigest()[:20]
