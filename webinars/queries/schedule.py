"""The schedule, as somebody may see it."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page, Paginator
from django.db.models import Min, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from community.members.models import City
from community.members.rulings import Viewer
from community.topics.models import Theme
from webinars.models import Registration, Series, Session, Speaker
from webinars.plans import instant
from webinars.rules import seeable_sessions

PAST_ON_A_PAGE = 20


def all_series() -> list[Series]:
    return list(Series.objects.order_by("pk"))


def themes_of_sessions() -> list[Theme]:
    """Those that a session has which anybody may read: each has a feed. One query."""
    theirs = seeable_sessions(AnonymousUser()).values("priority_themes")
    return list(Theme.objects.filter(pk__in=theirs).order_by("pk"))


def get_series(slug: str) -> Series:
    return get_object_or_404(Series.objects.select_related("picture"), slug=slug)


def get_session(viewer: Viewer, series_slug: str, slug: str) -> Session:
    """Raises: Http404, also where it is not hers to see."""
    return get_object_or_404(_whole(seeable_sessions(viewer)), series__slug=series_slug, slug=slug)


def session_id_at(viewer: Viewer, series_slug: str, slug: str) -> int:
    """Of the session at an address, before its row is read. Raises: Http404, as `get_session`."""
    sessions = seeable_sessions(viewer).only("pk")
    return get_object_or_404(sessions, series__slug=series_slug, slug=slug).pk


def session_to_read(viewer: Viewer, session_id: int) -> Session:
    """Raises: Http404, also where it is not hers to see."""
    return get_object_or_404(_whole(seeable_sessions(viewer)), pk=session_id)


def session_of(person: Registration | Speaker) -> Session:
    """As whoever registered for it or speaks in it sees it, whoever may see it by now."""
    return _whole(Session.objects.all()).get(pk=person.session_id)


def upcoming(viewer: Viewer, *, now: datetime | None = None, series: Series | None = None) -> QuerySet[Session]:
    """What has not ended yet, the next first."""
    return _listed(viewer, series).filter(ends_at__gt=now or timezone.now()).order_by("starts_at", "pk")


def seen_between(viewer: Viewer, starts_at: datetime, ends_at: datetime, *, series: Series | None) -> list[Session]:
    """Those that begin then, over or not, the first first; cancelled ones too. One query."""
    begun = _listed(viewer, series).filter(starts_at__gte=starts_at, starts_at__lt=ends_at)
    return list(begun.order_by("starts_at", "pk"))


def past(viewer: Viewer, *, now: datetime | None = None, series: Series | None = None) -> QuerySet[Session]:
    """What is over, the latest first."""
    return _listed(viewer, series).filter(ends_at__lte=now or timezone.now()).order_by("-starts_at", "-pk")


def past_page(
    viewer: Viewer, number: str, *, now: datetime | None = None, series: Series | None = None
) -> Page[Session]:
    """One page of what is over: the first for what is no number, the last for a number beyond it."""
    return Paginator(past(viewer, now=now, series=series), PAST_ON_A_PAGE).get_page(number)


def next_session(viewer: Viewer, *, now: datetime | None = None) -> Session | None:
    """What is on now, or comes next; what was cancelled is neither."""
    return upcoming(viewer, now=now).filter(cancelled_at=None).first()


def next_change(viewer: Viewer, *, now: datetime) -> datetime | None:
    """When a page that speaks of now will say something else: the next time a session begins or ends."""
    coming = seeable_sessions(viewer).filter(ends_at__gt=now)
    moments = coming.aggregate(begins=Min("starts_at", filter=Q(starts_at__gt=now)), ends=Min("ends_at"))
    return min((moment for moment in moments.values() if moment), default=None)


def others_upcoming(viewer: Viewer, session: Session, *, limit: int = 3) -> list[Session]:
    """What is to come in the same series: after this session, or from now where that is over."""
    after = Q(starts_at__gt=session.starts_at) | Q(starts_at=session.starts_at, pk__gt=session.pk)
    return list(upcoming(viewer, series=session.series).filter(after)[:limit])


def sessions_with_city(viewer: Viewer, city: City, *, limit: int) -> list[Session]:
    """Sessions in which somebody from there speaks, the latest first."""
    spoken_in = Speaker.objects.filter(city=city).values("session")
    return list(_listed(viewer, None).filter(pk__in=spoken_in).order_by("-starts_at", "-pk")[:limit])


def _whole(sessions: QuerySet[Session]) -> QuerySet[Session]:
    speakers = Prefetch("speakers", Speaker.objects.select_related("city", "picture"))
    return sessions.select_related("series__forum", "programme").prefetch_related(speakers)


def _listed(viewer: Viewer, series: Series | None) -> QuerySet[Session]:
    sessions = seeable_sessions(viewer).select_related("series").defer("abstract")
    return sessions.filter(series=series) if series else sessions


def astray(*, now: datetime | None = None) -> list[Session]:
    """To come, and by the rules of their zones as they are today not at the instants that were announced."""
    coming = Session.objects.filter(ends_at__gt=now or timezone.now()).select_related("series").order_by("starts_at")
    return [each for each in coming if by_its_clocks(each) != (each.starts_at, each.registration_until)]


def by_its_clocks(session: Session) -> tuple[datetime, datetime | None]:
    """When it begins and until when one registers, by its local times and the rules of its zone as they are today."""
    local, until = session.registration_until_local, session.registration_until
    return instant(session.starts_local, session.timezone), instant(local, session.timezone) if local else until
