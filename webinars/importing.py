"""What of a calendar file that somebody else made can become sessions, and what cannot, in words (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import pgettext
from icalendar import Calendar

from community.text.clean import clean_line, clean_text
from community.text.unfit import UnfitText
from i18n.zones import zone, zone_names
from webinars.choices import Visibility
from webinars.plans import ABSTRACT_LENGTH, RoomPlan, SessionPlan, wall_time

MOST_BYTES = 512 * 1024
MOST_EVENTS = 200
MOST_MINUTES = 24 * 60
LONGEST_TITLE, LONGEST_UID = 200, 255
ABSENT = (None, "")
# Where calendars say the link of a video call: RFC 7986, 5.11, then Google's, Microsoft's and Zoom's way.
DOORS = ("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "LOCATION")
LONGEST_LINK = 500


class Unreadable(ValueError):
    """No calendar, or more than is taken at once. Its words are for who brought it."""


@dataclass(frozen=True)
class Understood:
    """One VEVENT. Params: why_not, why it becomes no session, "" where it does; notes, what of it is left behind."""

    uid: str
    title: str
    abstract: str
    starts_local: str  # 2026-11-26T08:00, in `timezone`
    timezone: str  # IANA
    minutes: int
    link: str = field(default="", repr=False)  # to the room
    notes: tuple[str, ...] = ()
    why_not: str = ""

    @property
    def day(self) -> datetime:
        """The wall clock's own, in no zone."""
        return datetime.fromisoformat(self.starts_local)

    def plan(self, *, slug: str, language: str, spoken: Iterable[str]) -> SessionPlan:
        return SessionPlan(
            slug=slug,
            titles={language: self.title},
            abstracts={language: self.abstract},
            starts_local=self.starts_local,
            timezone=self.timezone,
            minutes=self.minutes,
            languages=tuple(spoken),
            original_language=language,
            room=RoomPlan(self.link) if self.link else None,
            visibility=Visibility.DRAFT,
            imported_uid=self.uid,
        )


def read_calendar(text: str, *, usual_zone: str, usual_minutes: int, known: Iterable[str]) -> list[Understood]:
    """In the order of the file. Params: known, UIDs that have sessions already. Raises: Unreadable."""
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise Unreadable(pgettext("calendar file", "This file is too large: 512 KB at most, please."))
    events = list(_events(text))
    if not events:
        raise Unreadable(pgettext("calendar file", "There is no event in it. Bring an .ics file with VEVENTs."))
    if len(events) > MOST_EVENTS:
        words = pgettext("calendar file", "There are more than %(most)s events in it. Bring it in parts, please.")
        raise Unreadable(words % {"most": MOST_EVENTS})
    taken, found = set(known), []
    for event in events:
        understood = _understood(event, usual_zone, usual_minutes)
        if understood.uid and understood.uid in taken and not understood.why_not:
            why_not = pgettext("calendar file: why no session", "There is a session of it already.")
            understood = replace(understood, why_not=why_not)
        taken.add(understood.uid)
        found.append(understood)
    return found


def _events(text: str) -> Iterator[Any]:
    """Raises: Unreadable."""
    try:
        for calendar in Calendar.from_ical(text, multiple=True):
            yield from calendar.walk("VEVENT")
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError, RecursionError) as error:
        raise Unreadable(pgettext("calendar file", "This is no calendar file that can be read.")) from error


def _understood(event: Any, usual_zone: str, usual_minutes: int) -> Understood:
    notes: list[str] = []
    uid = _first(event.get("UID")).strip()[:LONGEST_UID]
    title = _line(event.get("SUMMARY"))
    blank = Understood(uid, title, "", "2000-01-01T00:00", usual_zone, usual_minutes)
    start = _moment(event, "DTSTART")
    if why_not := _why_no_session(event, title, start):
        return replace(blank, why_not=why_not)
    assert isinstance(start, datetime)  # noqa: S101 - for the type checker; what is none was refused above
    local, zone_name, is_floating = _local(start, usual_zone)
    if is_floating:
        notes.append(_why_usual_zone(event))
    minutes, is_usual = _minutes(event, start, usual_minutes)
    if is_usual and event.get("DTEND") in ABSENT and event.get("DURATION") in ABSENT:
        notes.append(pgettext("calendar file: note", "It says no end: the usual length is taken."))
    elif is_usual:
        notes.append(pgettext("calendar file: note", "Its end cannot be read: the usual length is taken."))
    if not uid:
        words = pgettext("calendar file: note", "It has no UID: brought a second time, it becomes a second session.")
        notes.append(words)
    if event.get("RRULE") not in ABSENT or event.get("RDATE") not in ABSENT:
        notes.append(pgettext("calendar file: note", "It comes again: only this date is taken."))
    link = _link(event)
    if (event.get("LOCATION") not in ABSENT and _first(event.get("LOCATION")).strip() != link) or (
        event.get("URL") not in ABSENT
    ):
        notes.append(pgettext("calendar file: note", "Its place or link is left behind."))
    abstract, is_cut = _prose(event.get("DESCRIPTION"))
    if is_cut:
        notes.append(pgettext("calendar file: note", "Its description is shortened or cannot be taken."))
    return Understood(uid, title, abstract, local, zone_name, minutes, link, tuple(notes))


def _why_usual_zone(event: Any) -> str:
    named = _line(event["DTSTART"].params.get("TZID", ""))
    if not named:
        return pgettext("calendar file: note", "It names no time zone: the usual one of the series is taken.")
    words = pgettext(
        "calendar file: note", "Its time zone, “%(name)s”, is not known: the usual one of the series is taken."
    )
    return words % {"name": named}


def _why_no_session(event: Any, title: str, start: date | None) -> str:
    if not title:
        return pgettext("calendar file: why no session", "It has no title that can be read.")
    if start is None:
        return pgettext("calendar file: why no session", "When it begins cannot be read.")
    if not isinstance(start, datetime):
        return pgettext("calendar file: why no session", "It is all day: a session begins at an hour.")
    if _first(event.get("STATUS")).upper() == "CANCELLED":
        return pgettext("calendar file: why no session", "It is cancelled.")
    if event.get("RECURRENCE-ID") not in ABSENT:
        return pgettext("calendar file: why no session", "It is one date of an event that comes again.")
    return ""


def _moment(event: Any, name: str) -> date | None:
    """A datetime, or a date where it is all day."""
    try:
        found = event[name].dt
    except (KeyError, AttributeError, ValueError, TypeError):
        return None
    if not isinstance(found, date) or not 1970 <= found.year <= 2200:
        return None
    return found


def _local(start: datetime, usual_zone: str) -> tuple[str, str, bool]:
    """A wall clock's time, its IANA zone, and whether the event named none.

    A time that clocks jump over is meant by the offset before they do (RFC 5545, 3.3.5): 02:30 is then 03:30.
    """
    if start.tzinfo is None:
        return wall_time(start.replace(tzinfo=zone(usual_zone)).astimezone(UTC), usual_zone), usual_zone, True
    name = getattr(start.tzinfo, "key", "")
    own_zone = name if name in zone_names() and name != "UTC" else usual_zone
    return wall_time(start.astimezone(UTC), own_zone), own_zone, False


def _minutes(event: Any, start: datetime, usual: int) -> tuple[int, bool]:
    """How long it takes, and whether that is only what is usual."""
    end = _moment(event, "DTEND")
    length: Any = None
    try:
        if isinstance(end, datetime):
            length = end - start
        elif event.get("DURATION") not in ABSENT:
            length = event["DURATION"].dt
    except (TypeError, ValueError, AttributeError):  # one with a zone and one without
        return usual, True
    minutes = round(length.total_seconds() / 60) if isinstance(length, timedelta) else 0
    return (minutes, False) if 0 < minutes <= MOST_MINUTES else (usual, True)


def _link(event: Any) -> str:
    """To its room; empty where none is named that is whole and secure."""
    named = (_first(event.get(name)).strip() for name in DOORS)
    return next((link for link in named if link and _is_link(link)), "")


def _is_link(text: str) -> bool:
    try:
        URLValidator(schemes=["https"])(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_LINK


def _line(value: Any) -> str:
    try:
        return clean_line(_first(value))[:LONGEST_TITLE].strip()
    except UnfitText:
        return ""


def _prose(value: Any) -> tuple[str, bool]:
    """The text, and whether something of it is missing."""
    try:
        text = clean_text(_first(value)).strip()
    except UnfitText:
        return "", True
    return text[:ABSTRACT_LENGTH], len(text) > ABSTRACT_LENGTH


def _first(value: Any) -> str:
    """Of a property that stands there twice, the first."""
    return str((value[0] if isinstance(value, list) and value else value) or "")
