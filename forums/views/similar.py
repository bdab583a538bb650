"""Threads alike, while one writes a title."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums.forms import TITLE_LENGTH
from forums.models import Thread
from forums.queries import similar_threads
from forums.views.tags import BETWEEN

SHOWN = 5
MOST_TAGS = 6


@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """`?title=…&tags=a,b` → a fragment: up to five threads that this reader may see, or nothing."""
    context = {"similar": alike(request, request.GET.get("title", ""), request.GET.get("tags", ""))}
    response = render(request, "forums/_similar.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def alike(request: HttpRequest, title: str, tags: str) -> list[Thread]:
    """Params: as typed."""
    names = [name for name in BETWEEN.split(tags[:TITLE_LENGTH]) if name.strip()][:MOST_TAGS]
    return similar_threads(request.user, title[:TITLE_LENGTH], names, SHOWN)
