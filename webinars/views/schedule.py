"""The schedule, a series, a session."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from community.live.answers import answer_changes
from community.members.models import City
from forums.queries.about import thread_about
from i18n.languages import DEFAULT
from i18n.texts import said
from webinars.clocks import clocks, regions_in_turn
from webinars.desk import desk_of
from webinars.facts import session_stream
from webinars.keeping import keep_schedule, keep_session, keep_until_closed
from webinars.models import Series, Session
from webinars.queries import (
    all_series,
    get_series,
    get_session,
    others_upcoming,
    past_page,
    session_id_at,
    themes_of_sessions,
    upcoming,
)
from webinars.rules import discussion_opens_at, is_discussion_ahead, is_organiser
from webinars.sharing import shared
from webinars.subscribing import add_session, feeds_of_tags, spoken_in, subscribe_to_series

CLOCKS = 4  # beside the reader's own
COMING = 60  # of the sessions to come: a year of a weekly series


def index(request: HttpRequest) -> HttpResponse:
    """The whole schedule; `?series=` narrows it, and a name that no series has narrows nothing."""
    keep_schedule(request)
    every = all_series()
    chosen = next((series for series in every if series.slug == request.GET.get("series")), None)
    return render(
        request,
        "webinars/index.html",
        {
            "every_series": every,
            "plans": is_organiser(request.user),
            "spoken": spoken_in(every),
            "themes": themes_of_sessions(),
            **_schedule(request, chosen),
        },
    )


def series(request: HttpRequest, series_slug: str) -> HttpResponse:
    keep_schedule(request)
    return render(request, "webinars/series.html", _schedule(request, get_series(series_slug)))


def session(request: HttpRequest, series_slug: str, slug: str) -> HttpResponse:
    keep_schedule(request)
    seq = keep_session(request, session_id_at(request.user, series_slug, slug))
    session = get_session(request.user, series_slug, slug)
    keep_until_closed(request, session)
    speakers = list(session.speakers.all())
    cities = regions_in_turn(City.objects.order_by("pk"))
    theirs = [speaker.city for speaker in speakers if speaker.city]
    desk = desk_of(session, request.user)
    thread = thread_about(request.user, session)
    opens_at = discussion_opens_at(session) if thread is None and is_discussion_ahead(request.user, session) else None
    own_id = request.user.city_id if request.user.is_authenticated else None
    context = {
        "session": session,
        "seq": seq,
        "plans": is_organiser(request.user),
        "thread": thread,
        "thread_opens_at": opens_at,
        "other_language": language_if_another(session),
        "speakers": speakers,
        "now": timezone.now(),
        "own_city": next((city for city in cities if city.pk == own_id), None),
        "clocks": clocks(session.starts_at, [*theirs, *cities], count=CLOCKS),
        "others": others_upcoming(request.user, session),
        "calendar": add_session(session),
        "feeds_of_tags": feeds_of_tags(session),
        "desk": desk,
        "shared": shared(session),
    }
    answer = render(request, "webinars/session.html", context)
    if desk is not None and desk.channels:  # links that are hers alone
        add_never_cache_headers(answer)
    return answer


@require_safe
def changes(request: HttpRequest, series_slug: str, slug: str) -> HttpResponse:
    return answer_changes(request, session_stream(session_id_at(request.user, series_slug, slug)))


def _schedule(request: HttpRequest, series: Series | None) -> dict[str, object]:
    """What is to come stands on the first page only."""
    now = timezone.now()
    page = past_page(request.user, request.GET.get("page", "1"), now=now, series=series)
    coming = [] if page.number > 1 else list(upcoming(request.user, now=now, series=series)[: COMING + 1])
    return {
        "series": series,
        "upcoming": coming[:COMING],
        "next": next((each for each in coming if each.starts_at > now and not each.cancelled_at), None),
        "has_later": len(coming) > COMING,
        "page": page,
        "years": _by_year(page),
        "now": now,
        "calendar": subscribe_to_series(series),
    }


def _by_year(sessions: Iterable[Session]) -> list[tuple[int, list[Session]]]:
    """Runs of the same year, as the reader's calendar has it."""
    years = groupby(sessions, key=lambda session: timezone.localtime(session.starts_at).year)
    return [(year, list(those)) for year, those in years]


def language_if_another(session: Session) -> str:
    """The language of the title, where it is not the page's."""
    language = get_language() or DEFAULT
    spoken = said(session, "title", language).language
    return "" if spoken == language else spoken
