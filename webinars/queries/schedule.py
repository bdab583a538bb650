"""The schedule. Everybody may see all of it."""

from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Min, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from community.members.models import City
from webinars.models import Series, Session, Speaker

PAST_ON_A_PAGE = 20


def all_series() -> list[Series]:
    return list(Series.objects.order_by("pk"))


def get_series(slug: str) -> Series:
    return get_object_or_404(Series, slug=slug)


def get_session(series_slug: str, slug: str) -> Session:
    sessions = Session.objects.select_related("series", "programme").prefetch_related("speakers__city")
    return get_object_or_404(sessions, series__slug=series_slug, slug=slug)


def upcoming(*, now: datetime | None = None, series: Series | None = None) -> QuerySet[Session]:
    """What has not ended yet, the next first."""
    return _listed(series).filter(ends_at__gt=now or timezone.now()).order_by("starts_at", "pk")


def past(*, now: datetime | None = None, series: Series | None = None) -> QuerySet[Session]:
    """What is over, the latest first."""
    return _listed(series).filter(ends_at__lte=now or timezone.now()).order_by("-starts_at", "-pk")


def past_page(number: str, *, now: datetime | None = None, series: Series | None = None) -> Page[Session]:
    """One page of what is over: the first for what is no number, the last for a number beyond it."""
    return Paginator(past(now=now, series=series), PAST_ON_A_PAGE).get_page(number)


def next_session(*, now: datetime | None = None) -> Session | None:
    """What is on now, or comes next; what was cancelled is neither."""
    return upcoming(now=now).filter(cancelled_at=None).first()


def next_change(*, now: datetime) -> datetime | None:
    """When a page that speaks of now will say something else: the next time a session begins or ends."""
    coming = Session.objects.filter(ends_at__gt=now)
    moments = coming.aggregate(begins=Min("starts_at", filter=Q(starts_at__gt=now)), ends=Min("ends_at"))
    return min((moment for moment in moments.values() if moment), default=None)


def others_upcoming(session: Session, *, limit: int = 3) -> list[Session]:
    """What comes next in the same series, this one left out."""
    return list(upcoming(series=session.series).exclude(pk=session.pk)[:limit])


def sessions_with_city(city: City, *, limit: int) -> list[Session]:
    """Sessions in which somebody from there speaks, the latest first."""
    spoken_in = Speaker.objects.filter(city=city).values("session")
    return list(_listed(None).filter(pk__in=spoken_in).order_by("-starts_at", "-pk")[:limit])


def _listed(series: Series | None) -> QuerySet[Session]:
    sessions = Session.objects.select_related("series").defer("abstract")
    return sessions.filter(series=series) if series else sessions
