"""What others show of a public session: schema.org's Event for those who look for events, and a link's card."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language

from i18n.languages import DEFAULT
from i18n.texts import said
from i18n.zones import zone
from webinars.calendars import fit, summary
from webinars.choices import Visibility
from webinars.models import Session, Speaker
from webinars.pictures import HEIGHT, WIDTH, when_in_words
from webinars.words import notes

DESCRIPTION = 200  # characters, of a card
SCHEMA = "https://schema.org"
# No text may end the element that it stands in, nor a line of JavaScript: as Django's json_script, and two more.
ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Shared:
    """What a page says of itself to others.

    Params: picture, its address, whole; picture_words, for who does not see it; event, JSON-LD, safe in an element.
    """

    title: str
    description: str
    picture: str
    picture_words: str
    event: SafeString
    width: int = WIDTH
    height: int = HEIGHT


def shared(session: Session) -> Shared | None:
    """In the active language; None where not everybody may see the session. No query.

    Params: session, with its series, and its speakers.
    """
    if session.visibility != Visibility.PUBLIC:
        return None
    language = get_language() or DEFAULT
    title, when = summary(session, language), when_in_words(session)
    series = fit(said(session.series, "title", language).text)
    abstract = " ".join(fit(said(session, "abstract", language).text).split())
    return Shared(
        title=title,
        description=Truncator(" · ".join(part for part in (when, abstract or series) if part)).chars(DESCRIPTION),
        picture=_absolute(session.get_picture_url()),
        picture_words=" · ".join((title, series, when)),
        event=as_data(event(session, language)),
    )


def event(session: Session, language: str) -> dict[str, object]:
    """https://schema.org/Event, which search engines read; a moved session is a scheduled one, at another time."""
    page = _absolute(session.get_absolute_url())
    told: dict[str, object] = {
        "@context": SCHEMA,
        "@type": "Event",
        "name": fit(said(session, "title", language).text),
        "description": describe(session, language),
        "url": page,
        "image": [_absolute(session.get_picture_url())],
        "startDate": _local(session.starts_at, session.timezone),
        "endDate": _local(session.ends_at, session.timezone),
        "eventStatus": f"{SCHEMA}/{'EventCancelled' if session.cancelled_at else 'EventScheduled'}",
        "eventAttendanceMode": f"{SCHEMA}/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": page},
        "inLanguage": session.languages,
        "isAccessibleForFree": True,
        "organizer": [{"@type": "Organization", "name": fit(name)} for name in _organisers(session)],
        "performer": [_person(speaker) for speaker in session.speakers.all() if speaker.name],
    }
    return {name: value for name, value in told.items() if value not in ("", [])}


def describe(session: Session, language: str) -> str:
    """Why it is cancelled, what it is about, and what a reader should know of it."""
    abstract = said(session, "abstract", language).text
    return "\n\n".join(fit(part) for part in (session.cancel_reason, abstract, *notes(session)) if part)


def as_data(told: dict[str, object]) -> SafeString:
    """JSON that may stand in an element for scripts, whatever its texts say."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308 - nothing in it is markup any more


def _organisers(session: Session) -> list[str]:
    return [name for name in (*session.series.organisers, session.co_hosts) if name]


def _person(speaker: Speaker) -> dict[str, str]:
    return {"@type": "Person", "name": fit(speaker.name), "jobTitle": fit(speaker.role)}


def _local(moment: datetime, timezone_name: str) -> str:
    """`2026-12-10T08:00:00-05:00`."""
    return moment.astimezone(zone(timezone_name)).isoformat(timespec="seconds")


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_ORIGIN}{path}"
