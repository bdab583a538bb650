"""Sessions as iCalendar (RFC 5545, 5546, 7986), so that every calendar program gets them right.

One VEVENT a session with its own UID, times in UTC, neither RRULE nor VTIMEZONE: programs read those differently.
Nothing here asks a clock: what did not change gives the same bytes.
"""

import re
from collections.abc import Hashable, Iterable
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils.translation import pgettext
from icalendar import Calendar, Component, Event, vCalAddress, vCategory, vDatetime, vInt, vText, vUri

from community.live.fragments import KeptFragments
from community.mail.links import bare_address
from i18n.languages import NAMES
from i18n.texts import listed, said
from webinars.choices import Visibility
from webinars.models import Session, Speaker
from webinars.models.schedule import JOIN
from webinars.words import notes

PRODID = "-//Frontline//Cities on the Frontline//EN"
REFRESH, REFRESH_TEXT = timedelta(hours=1), "PT1H"  # RFC 7986, 5.7; Outlook reads X-PUBLISHED-TTL
LINE_BYTES, ESCAPES = 75, b"\\^"
ATTENDEE = "attendee"
PICTURE = {"VALUE": "URI", "DISPLAY": "BADGE", "FMTTYPE": "image/png"}  # RFC 7986, 5.10
END = "END:VCALENDAR\r\n"
# What RFC 5545 has no place for, in whichever text it comes: controls, halves of characters, noncharacters.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def calendar(*, name: str, description: str, page: str, address: str, events: Iterable[str]) -> bytes:
    """Params: page, the address of a page that shows the same; address, the feed's own; events, VEVENTs as text."""
    head = Calendar()
    head.add("version", "2.0")
    head.add("prodid", PRODID)
    head.add("calscale", "GREGORIAN")
    head.add("method", "PUBLISH")
    head.add("uid", str(uuid5(NAMESPACE_URL, address)))
    for prop in ("name", "x-wr-calname"):
        head.add(prop, fit(name))
    for prop in ("description", "x-wr-caldesc"):
        head.add(prop, fit(description))
    head.add("x-wr-timezone", "UTC")
    head.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    head.add("x-published-ttl", REFRESH_TEXT)
    head.add("url", page)
    head.add("source", address, parameters={"VALUE": "URI"})
    head.add("color", "teal")
    return _text(head).removesuffix(END).encode() + "".join(events).encode() + END.encode()


def _render(session: Session, language: str, audience: str) -> str:
    """A VEVENT. Needs `series`, and `speakers` with their cities, fetched along.

    Params: audience, ATTENDEE where she comes: it then takes her time.
    """
    page = f"{settings.PUBLIC_ORIGIN}{session.get_absolute_url()}"
    return _event(session, language, audience, door=f"{page}{JOIN}", page=page)


def speakers_event(session: Session, language: str, *, door: str) -> str:
    """A VEVENT for one who speaks. Params: door, the whole address of her own, which leads into the room alone."""
    return _event(session, language, ATTENDEE, door=door, page=door)


def _event(session: Session, language: str, audience: str, *, door: str, page: str) -> str:
    changed_at = max(session.changed_at, session.series.changed_at)
    event = Event()
    # Values that have their type already: `add()` would look for each anew.
    event["uid"] = vText(str(session.uid))
    event["dtstamp"] = event["last-modified"] = vDatetime(changed_at)
    event["created"] = vDatetime(session.created_at)
    event["sequence"] = vInt(session.sequence)
    event["dtstart"] = vDatetime(session.starts_at)
    event["dtend"] = vDatetime(session.ends_at)
    event["summary"] = vText(summary(session, language))
    event["description"] = vText(describe(session, language, door))
    event["location"] = vText(door)
    event["url"] = vUri(page)
    event["conference"] = vUri(door, params=conference_terms())
    if session.visibility == Visibility.PUBLIC:  # of others there is none
        event["image"] = vUri(f"{settings.PUBLIC_ORIGIN}{session.get_picture_url()}", params=PICTURE)
    event["organizer"] = organizer(session, language)
    event["status"] = vText("CANCELLED" if session.cancelled_at else "CONFIRMED")
    event["categories"] = vCategory([fit(word) for word in (*tags_of(session), *map(_language, session.languages))])
    event["class"] = vText("PUBLIC")
    event["transp"] = vText("OPAQUE" if audience == ATTENDEE else "TRANSPARENT")
    return _text(event)


def tags_of(session: Session) -> list[str]:
    """Its kind, where that is said, and its themes."""
    return [*([session.get_kind_display()] if session.kind else []), *session.themes]


def _text(component: Component) -> str:
    """As `component.to_ical()` writes it, which looks at each character by itself: half of what a feed cost."""
    lines = (folded(line.encode()) for line in component.content_lines() if line)
    return (b"\r\n".join(lines) + b"\r\n").decode()


def folded(line: bytes) -> bytes:
    """RFC 5545, 3.1: at most 75 bytes a line. No character is cut in two, and no escape, as some programs want it."""
    pieces, begins = [], 0
    while len(line) - begins >= LINE_BYTES:
        ends = begins + LINE_BYTES - 1
        while line[ends] & 0xC0 == 0x80:  # amid a character of UTF-8
            ends -= 1
        if line[ends - 1] in ESCAPES:
            ends -= 1
        pieces.append(line[begins:ends])
        begins = ends
    return b"\r\n ".join([*pieces, line[begins:]])


def _version(session: Session) -> Hashable:
    """All that the event shows."""
    speakers = tuple((speaker.pk, speaker.city and speaker.city.version) for speaker in session.speakers.all())
    return (session.uid, session.version, session.series_id, session.series.version, speakers)


vevent = KeptFragments(_render, version=_version, size=20_000)


def summary(session: Session, language: str) -> str:
    title = fit(said(session, "title", language).text)
    if session.cancelled_at is None:
        return title
    return pgettext("title of a session in a calendar", "Cancelled: %(title)s") % {"title": title}


def describe(session: Session, language: str, door: str) -> str:
    """What a calendar shows under the title; its last line is the address by which one joins, which some programs show
    nowhere else."""
    parts = [
        fit(session.cancel_reason),
        fit(said(session, "abstract", language).text),
        "\n".join(_speaker(speaker, language) for speaker in session.speakers.all()),
        pgettext("languages spoken, in a calendar", "Spoken: %(languages)s")
        % {"languages": listed(map(_language, session.languages))},
        _interpretation(session),
        _co_hosts(session),
        *notes(session),
        door,
    ]
    return "\n\n".join(part for part in parts if part)


def _interpretation(session: Session) -> str:
    """Where it is heard, only who may join is told, and not by a calendar."""
    if not session.interpreted:
        return ""
    words = pgettext("languages into which a session is interpreted, in a calendar", "Interpretation: %(languages)s")
    return words % {"languages": listed(map(_language, session.interpreted))}


def _co_hosts(session: Session) -> str:
    words = pgettext("organisations behind a session", "Together with %(names)s")
    return fit(words % {"names": session.co_hosts}) if session.co_hosts else ""


def _speaker(speaker: Speaker, language: str) -> str:
    place = said(speaker.city, "name", language).text if speaker.city else speaker.place
    return fit(listed(word for word in (speaker.name, speaker.role, place) if word))


def organizer(session: Session, language: str) -> vCalAddress:
    """RFC 5546 wants one in whatever is published: the address that our mails come from."""
    address = vCalAddress(f"mailto:{bare_address(settings.MAIL_FROM)}")
    address.params["CN"] = fit(said(session.series, "title", language).text).replace('"', "'")
    return address


def conference_terms() -> dict[str, Any]:
    return {"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"], "LABEL": pgettext("link in a calendar", "Join the session")}


def _language(code: str) -> str:
    return NAMES.get(code, code)


def fit(text: str) -> str:
    return UNFIT.sub("", text)
