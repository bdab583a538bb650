"""What is on next, what is asked and not answered, what is new for me."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from community.members.models import City
from community.members.rulings import Viewer
from community.programmes.models import Programme
from forums.models import Forum, Thread
from forums.queries import (
    add_shown,
    forums_read,
    latest_threads,
    streams_of_forums,
    unanswered_questions,
    unread_threads,
)
from i18n.languages import CODES
from webinars.clocks import clocks, regions_in_turn
from webinars.keeping import keep_schedule
from webinars.queries import next_session

CLOCKS = 3  # beside the reader's own
ROWS = 5  # of each list
LOOKED_THROUGH = 20  # of the latest threads, for those that are shown
DESCRIPTIONS = ("description", *(f"description_{code}" for code in CODES))  # which are not shown here


def home(request: HttpRequest) -> HttpResponse:
    viewer = request.user
    if not viewer.is_authenticated:
        keep_schedule(request, *streams_of_forums(viewer))
    forums = forums_read(viewer)
    questions = _hers_first(viewer, unanswered_questions(viewer, LOOKED_THROUGH))[:ROWS]
    new = [thread for thread in _news(viewer, forums) if thread not in questions]  # none stands here twice
    new = _hers_first(viewer, new)[:ROWS]
    add_shown(viewer, [*questions, *new], forums)
    cities = list(City.objects.defer(*DESCRIPTIONS).order_by("pk"))
    context = {
        **_next(viewer, cities),
        "questions": questions,
        "new": new,
        "cities": cities,
        "programmes": Programme.objects.defer(*DESCRIPTIONS).order_by("pk"),
    }
    return render(request, "pages/home.html", context)


def _news(viewer: Viewer, forums: list[Forum]) -> list[Thread]:
    if viewer.is_authenticated:
        return unread_threads(viewer, LOOKED_THROUGH, forums)
    return latest_threads(viewer, LOOKED_THROUGH)


def _next(viewer: Viewer, cities: list[City]) -> dict[str, Any]:
    session = next_session(viewer)
    if session is None:
        return {}
    own_id = viewer.city_id if viewer.is_authenticated else None
    return {
        "session": session,
        "is_on": session.starts_at <= timezone.now(),
        "clocks": clocks(session.starts_at, regions_in_turn(cities), count=CLOCKS),
        "own_city": next((city for city in cities if city.pk == own_id), None),
    }


def _hers_first(viewer: Viewer, threads: list[Thread]) -> list[Thread]:
    """In their order, but those in a language that she reads before the others."""
    if not viewer.is_authenticated:
        return threads
    return sorted(threads, key=lambda thread: thread.language not in viewer.reads)
