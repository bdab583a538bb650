"""What organisers see of their plans: drafts too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils import timezone

from i18n.languages import CODES
from i18n.texts import Said, said
from webinars.choices import Visibility
from webinars.models import Registration, Series, Session, State
from webinars.queries.seats import LIVE, STANDING
from webinars.questions import in_words

ON_A_PAGE = 50
NAMED_ON_A_PAGE = 20


def planned_page(number: str, *, series: Series | None, is_past: bool) -> Page[Session]:
    """To come, the next first; or past, the latest first. Drafts and cancelled ones too; each with its `requests`."""
    sessions = _with_requests(Session.objects.select_related("series", "programme"))
    if series is not None:
        sessions = sessions.filter(series=series)
    now = timezone.now()
    chosen = sessions.filter(ends_at__lte=now) if is_past else sessions.filter(ends_at__gt=now)
    return Paginator(chosen.order_by("-starts_at" if is_past else "starts_at", "pk"), ON_A_PAGE).get_page(number)


def unnamed_page(number: str, *, series: Series | None) -> Page[Session]:
    """To come, and drafts or without a title in some language; the next first."""
    lacks = Q(visibility=Visibility.DRAFT)
    for code in CODES:
        lacks |= Q(**{f"title_{code}": ""}) | Q(**{f"title_{code}": None})
    sessions = Session.objects.filter(lacks, ends_at__gt=timezone.now(), cancelled_at=None).select_related("series")
    if series is not None:
        sessions = sessions.filter(series=series)
    return Paginator(sessions.defer("abstract").order_by("starts_at", "pk"), NAMED_ON_A_PAGE).get_page(number)


def planned_between(starts_at: datetime, ends_at: datetime, *, series: Series | None) -> list[Session]:
    """Those that begin then, the first first; drafts and cancelled ones too; each with its `requests`. One query."""
    sessions = _with_requests(Session.objects.filter(starts_at__gte=starts_at, starts_at__lt=ends_at))
    if series is not None:
        sessions = sessions.filter(series=series)
    return list(sessions.select_related("series").defer("abstract").order_by("starts_at", "pk"))


def session_at_desk(session_id: int) -> Session:
    """With `requests`, how many ask to come and wait for organisers. Raises: Http404."""
    sessions = Session.objects.select_related("series__forum", "programme").prefetch_related("speakers__city")
    return get_object_or_404(_with_requests(sessions), pk=session_id)


def _with_requests(sessions: QuerySet[Session]) -> QuerySet[Session]:
    asking = Registration.objects.filter(session=OuterRef("pk"), state=State.REQUESTED).order_by()
    count = asking.values("session").annotate(count=Count("pk")).values("count")
    return sessions.annotate(requests=Coalesce(Subquery(count), 0, output_field=IntegerField()))


def has_people(session: Session) -> bool:
    """Whether anybody has registered, waits or has asked to come, or was declined."""
    return Registration.objects.filter(session=session, state__in=(*STANDING, State.DECLINED)).exists()


@dataclass(frozen=True)
class Coming:
    """Who wants to attend, for organisers.

    Params: city, as she says; state, in words; email, empty where it is her account's; has_come, as organisers noted
    it; answers, in words, to each of the session's questions.
    """

    registration_id: int
    name: str
    city: str
    language: str
    standing: State
    state: str
    email: str
    asked_at: datetime
    has_come: bool
    answers: list[tuple[Said, str]]


def coming_to(session: Session, language: str, *, states: Iterable[State] = LIVE) -> list[Coming]:
    """Who is registered, waits or is offered a seat, in their order; who has not confirmed an address is nobody yet.

    A member's address is not her organisers' to read: they write to her through the house. One query.
    """
    rows = Registration.objects.filter(session=session, state__in=list(states)).select_related("member__city")
    return [_coming(each, session, language) for each in rows.order_by("position", "pk")]


def _coming(registration: Registration, session: Session, language: str) -> Coming:
    member = registration.member
    city = said(member.city, "name", language).text if member and member.city else ""
    return Coming(
        registration_id=registration.pk,
        name=member.name if member else registration.name,
        city=city if member else registration.city_name,
        language=member.language if member else registration.language,
        standing=State(registration.state),
        state=registration.get_state_display(),
        email="" if member else registration.email,
        asked_at=registration.asked_at,
        has_come=registration.has_come,
        answers=in_words(session, registration.answers, language),
    )
