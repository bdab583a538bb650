"""What stands at the door of a session's room, for one reader."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise

from community.members.rulings import Viewer
from webinars.models import Channel, Registration, Room, Session, Speaker
from webinars.queries import channels_of, room_of
from webinars.rules import ROOM_OPENS_BEFORE, can_join, is_open


@dataclass(frozen=True)
class Door:
    """Params: why_not, for whom it stays closed; opens_at, until it is open for those who attend; is_ajar, whether this
    reader gets in before them; then where it leads: address, with the host that is there, or frame, of a room on the
    site; neither where organisers have not said yet."""

    why_not: Promise | str = ""
    opens_at: datetime | None = None
    is_ajar: bool = False
    address: str = ""
    host: str = ""
    frame: str = ""
    access: str = ""
    channels: list[Channel] = field(default_factory=list)


def door_of(viewer: Viewer, session: Session, registration: Registration | None, *, name: str, language: str) -> Door:
    """Params: registration, the viewer's; name, as she is called in the room. At most three queries."""
    ruling = can_join(viewer, session, registration)
    if not ruling:
        return Door(why_not=ruling.reason)
    opens_at = session.starts_at - ROOM_OPENS_BEFORE
    if not is_open(viewer, session):
        return Door(opens_at=opens_at)
    door = _open_door(session, name=name, language=language)
    return replace(door, opens_at=opens_at, is_ajar=True) if opens_at > timezone.now() else door


def door_of_speaker(speaker: Speaker, *, language: str) -> Door | None:
    """By her own link, and at any time; None where there is nothing to enter. Needs her session."""
    session = speaker.session
    if session.cancelled_at is not None or session.ends_at <= timezone.now():
        return None
    return _open_door(session, name=speaker.name, language=language)


def _open_door(session: Session, *, name: str, language: str) -> Door:
    channels = channels_of(session, language)
    if (room := room_of(session)) is None:
        return Door(channels=channels)
    frame = "" if room.link else frame_of(room, name=name, language=language)
    host = urlsplit(room.link).hostname or ""
    return Door(address=room.link, host=host, frame=frame, access=room.access, channels=channels)


def frame_of(room: Room, *, name: str, language: str) -> str:
    """A room of Jitsi Meet, with what it reads from its fragment; empty where the site has none."""
    if not settings.JITSI_URL:
        return ""
    told = {"userInfo.displayName": name, "config.defaultLanguage": language, "config.prejoinConfig.enabled": True}
    fragment = "&".join(f"{key}={quote(json.dumps(value), safe='')}" for key, value in told.items() if value)
    return f"{settings.JITSI_URL.rstrip('/')}/{room.name}#{fragment}"
