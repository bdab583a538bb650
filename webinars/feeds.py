"""Which sessions a feed holds, and what it is called."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, pgettext

from community.members.rulings import Viewer
from community.programmes.models import Programme
from community.text.slugs import slug_of
from community.topics.models import Theme
from i18n.languages import DEFAULT, NAMES
from i18n.texts import said
from webinars.models import Series, Session
from webinars.rules import seeable_sessions

ANYBODY = AnonymousUser()
BACK = timedelta(days=90)  # a feed's window, unless all of the past is asked for
CANCELLED_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Feed:
    """`page` is the path of the page that shows the same; `name` in the active language."""

    name: str
    page: str
    sessions: list[Session]


def midnight(now: datetime) -> datetime:
    """Of this UTC day: a window that moved by the second would make another feed of every request."""
    return datetime.combine(now.astimezone(UTC).date(), time(), UTC)


def feed_for(kind: str, key: str, *, now: datetime, with_all_past: bool) -> Feed:
    """What anybody may read. Raises: Http404 where nothing is called so."""
    return KINDS[kind](key, in_window(ANYBODY, now, with_all_past=with_all_past))


def exists(kind: str, key: str) -> bool:
    """Whether there is such a feed, for whoever has it already: without a look at what it holds."""
    return EXISTS[kind](key)


def in_window(viewer: Viewer, now: datetime, *, with_all_past: bool) -> QuerySet[Session]:
    today = midnight(now)
    stands = Q(cancelled_at=None) | Q(cancelled_at__gt=today - CANCELLED_KEPT)
    sessions = seeable_sessions(viewer).filter(stands)
    if not with_all_past:
        sessions = sessions.filter(ends_at__gt=today - BACK)
    return sessions.select_related("series").prefetch_related("speakers__city").order_by("starts_at", "pk")


def _all(key: str, sessions: QuerySet[Session]) -> Feed:
    name = pgettext("name of a calendar", "%(site)s: all sessions") % {"site": settings.SITE_NAME}
    return Feed(name, reverse("webinars:index"), list(sessions))


def _series(key: str, sessions: QuerySet[Session]) -> Feed:
    series = get_object_or_404(Series, slug=key)
    return Feed(_said(series), series.get_absolute_url(), list(sessions.filter(series=series)))


def _theme(key: str, sessions: QuerySet[Session]) -> Feed:
    theme = get_object_or_404(Theme, slug=key)
    return _narrowed(_said(theme), list(sessions.filter(priority_themes=theme)))


def _programme(key: str, sessions: QuerySet[Session]) -> Feed:
    programme = get_object_or_404(Programme, slug=key)
    page = reverse("programmes:programme", args=[key])
    return Feed(_named(_said(programme)), page, list(sessions.filter(programme=programme)))


def _tag(key: str, sessions: QuerySet[Session]) -> Feed:
    """Raises: Http404 where no session ever bore it: a feed of it may be empty for a while."""
    borne = _borne()
    if key not in borne:
        raise Http404
    tagged = [session for session in sessions if key in map(slug_of, session.themes)]
    return _narrowed(borne[key], tagged)


def _borne() -> dict[str, str]:
    """Tags of sessions, by their slugs."""
    return {slug_of(word): word for words in _anybodys().values_list("themes", flat=True) for word in words}


def _spoken(key: str, sessions: QuerySet[Session]) -> Feed:
    if key not in NAMES:
        raise Http404
    return _narrowed(NAMES[key], [session for session in sessions if key in session.languages])


def _session(key: str, sessions: QuerySet[Session]) -> Feed:
    """A file of one session, however long ago it was."""
    every = _anybodys().select_related("series").prefetch_related("speakers__city")
    return session_feed(get_object_or_404(every, pk=key))


def session_feed(session: Session) -> Feed:
    return Feed(_said(session), session.get_absolute_url(), [session])


KINDS: dict[str, Callable[[str, QuerySet[Session]], Feed]] = {
    "all": _all,
    "series": _series,
    "theme": _theme,
    "tag": _tag,
    "spoken": _spoken,
    "programme": _programme,
    "session": _session,
}
EXISTS: dict[str, Callable[[str], bool]] = {
    "all": lambda key: True,
    "series": lambda key: Series.objects.filter(slug=key).exists(),
    "theme": lambda key: Theme.objects.filter(slug=key).exists(),
    "tag": lambda key: key in _borne(),
    "spoken": lambda key: key in NAMES,
    "programme": lambda key: Programme.objects.filter(slug=key).exists(),
    "session": lambda key: _anybodys().filter(pk=key).exists(),
}


def _anybodys() -> QuerySet[Session]:
    return seeable_sessions(ANYBODY)


def _narrowed(what: str, sessions: list[Session]) -> Feed:
    return Feed(_named(what), reverse("webinars:index"), sessions)


def _named(what: str) -> str:
    return pgettext("name of a calendar", "%(site)s: %(what)s") % {"site": settings.SITE_NAME, "what": what}


def _said(thing: Series | Theme | Programme | Session) -> str:
    return said(thing, "title", get_language() or DEFAULT).text
