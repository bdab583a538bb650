"""Ways into somebody's own calendar: a feed to subscribe to, or one session to add."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from community.text.slugs import slug_of
from i18n.languages import DEFAULT, NAMES
from i18n.texts import said
from webinars.calendars import describe
from webinars.choices import Visibility
from webinars.models import Series, Session


@dataclass(frozen=True)
class Ways:
    """`file` is the feed itself; `program` the same for programs that take webcal: (Apple, Thunderbird, DAVx5)."""

    file: str
    program: str
    google: str
    outlook: str


def subscribe_to(feed: str, *, name: str) -> Ways:
    """Params: feed, its path."""
    address = f"{settings.PUBLIC_ORIGIN}{feed}"
    program = f"webcal://{urlsplit(settings.PUBLIC_ORIGIN).netloc}{feed}"
    return Ways(
        file=address,
        program=program,
        google=f"https://calendar.google.com/calendar/r?cid={quote(program, safe='')}",
        outlook=f"https://outlook.office.com/calendar/0/addfromweb?{urlencode({'url': address, 'name': name})}",
    )


def subscribe_to_series(series: Series | None) -> Ways:
    """None: to all of them."""
    if series is None:
        return subscribe_to(reverse("calendar:all"), name=settings.SITE_NAME)
    name = said(series, "title", get_language() or DEFAULT).text
    return subscribe_to(reverse("calendar:series", args=[series.slug]), name=name)


def spoken_in(every_series: Iterable[Series]) -> list[str]:
    """Codes of the languages that these series are held in: each has a feed."""
    spoken = {code for series in every_series for code in series.languages}
    return [code for code in NAMES if code in spoken]


def feeds_of_tags(session: Session) -> list[tuple[str, str]]:
    """Each tag of a public session, and its slug in the address of its feed; the feeds are of public sessions alone."""
    if session.visibility != Visibility.PUBLIC:
        return []
    return [(word, slug) for word in session.themes if (slug := slug_of(word)) != "-"]


def add_session(session: Session) -> Ways:
    """Needs `series` and `speakers` with their cities fetched along."""
    feed = reverse("calendar:session", args=[session.pk])
    language = get_language() or DEFAULT
    title = said(session, "title", language).text
    page = f"{settings.PUBLIC_ORIGIN}{session.get_absolute_url()}"
    text = describe(session, language, page)
    google = {
        "action": "TEMPLATE",
        "text": title,
        "dates": f"{_stamp(session.starts_at)}/{_stamp(session.ends_at)}",
        "details": text,
        "location": page,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title,
        "startdt": session.starts_at.astimezone(UTC).isoformat(),
        "enddt": session.ends_at.astimezone(UTC).isoformat(),
        "body": text,
        "location": page,
    }
    return Ways(
        file=f"{settings.PUBLIC_ORIGIN}{feed}",
        program=f"webcal://{urlsplit(settings.PUBLIC_ORIGIN).netloc}{feed}",
        google=f"https://calendar.google.com/calendar/render?{urlencode(google)}",
        outlook=f"https://outlook.office.com/calendar/0/deeplink/compose?{urlencode(outlook)}",
    )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
