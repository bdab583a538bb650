"""What stands at the door of a session's room, for one reader."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise

from community.members.rulings import Viewer
from webinars.bigbluebutton import RoomIsAway, enter
from webinars.models import Channel, Registration, Room, Session, Speaker
from webinars.queries import channels_of, room_of
from webinars.rules import ROOM_OPENS_BEFORE, can_join, is_open, is_organiser


@dataclass(frozen=True)
class Door:
    """Params: why_not, for whom it stays closed; opens_at, until it is open for those who attend; is_ajar, whether this
    reader gets in before them; then where it leads: address, with the host that is there, or frame, of a room on the
    site; neither where organisers have not said yet. asks, whether she has to say first that she enters; is_away,
    where the room's server does not answer."""

    why_not: Promise | str = ""
    opens_at: datetime | None = None
    is_ajar: bool = False
    address: str = ""
    host: str = ""
    frame: str = ""
    asks: bool = False
    is_away: bool = False
    access: str = ""
    channels: list[Channel] = field(default_factory=list)


@dataclass(frozen=True)
class Guest:
    """Params: name, as she is called in the room; leads, whether she leads there; enters, whether she has said so."""

    name: str
    language: str
    leads: bool = False
    enters: bool = False


def door_of(viewer: Viewer, session: Session, registration: Registration | None, guest: Guest) -> Door:
    """Params: registration, the viewer's; guest, the viewer. At most three queries."""
    ruling = can_join(viewer, session, registration)
    if not ruling:
        return Door(why_not=ruling.reason)
    opens_at = session.starts_at - ROOM_OPENS_BEFORE
    if not is_open(viewer, session):
        return Door(opens_at=opens_at)
    door = _open_door(session, replace(guest, leads=is_organiser(viewer)))
    return replace(door, opens_at=opens_at, is_ajar=True) if opens_at > timezone.now() else door


def door_of_speaker(speaker: Speaker, *, language: str, enters: bool) -> Door | None:
    """By her own link, and at any time; None where there is nothing to enter. Needs her session."""
    session = speaker.session
    if session.cancelled_at is not None or session.ends_at <= timezone.now():
        return None
    return _open_door(session, Guest(speaker.name, language, leads=True, enters=enters))


def _open_door(session: Session, guest: Guest) -> Door:
    channels = channels_of(session, guest.language)
    if (room := room_of(session)) is None:
        return Door(channels=channels)
    door = Door(access=room.access, channels=channels)
    if room.link:
        return replace(door, address=room.link, host=urlsplit(room.link).hostname or "")
    if settings.BIGBLUEBUTTON_URL:
        return _door_of_bigbluebutton(door, session, room, guest)
    return replace(door, frame=_frame_of_jitsi(room, guest)) if settings.JITSI_URL else door


def _door_of_bigbluebutton(door: Door, session: Session, room: Room, guest: Guest) -> Door:
    """Its address is for one person and begins the meeting: it is made when she enters, not when she looks."""
    if not guest.enters:
        return replace(door, asks=True)
    try:
        return replace(door, frame=enter(session, room, name=guest.name, language=guest.language, leads=guest.leads))
    except RoomIsAway:
        return replace(door, is_away=True)


def _frame_of_jitsi(room: Room, guest: Guest) -> str:
    """With what Jitsi Meet reads from its fragment."""
    told = {
        "userInfo.displayName": guest.name,
        "config.defaultLanguage": guest.language,
        "config.prejoinConfig.enabled": True,
    }
    fragment = "&".join(f"{key}={quote(json.dumps(value), safe='')}" for key, value in told.items() if value)
    return f"{settings.JITSI_URL.rstrip('/')}/{room.name}#{fragment}"
