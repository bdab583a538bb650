"""Threads alike, while one writes a title."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums.forms import TITLE_LENGTH
from forums.models import Thread
from forums.queries import similar_threads, thread_for
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


@require_safe
def alike_to(request: HttpRequest, thread_id: int) -> HttpResponse:
    """A page of its own, from which a thread's page takes the list: what is alike is never kept with a thread."""
    thread = thread_for(request.user, thread_id)
    tags = list(thread.tags.values_list("name", flat=True)[:MOST_TAGS])
    similar = similar_threads(request.user, thread.title, tags, SHOWN, without=thread.pk)
    response = render(request, "forums/alike.html", {"thread": thread, "similar": similar})
    response["Cache-Control"] = "private, no-store"
    return response


def alike(request: HttpRequest, title: str, tags: str) -> list[Thread]:
    """Params: as typed."""
    names = [name for name in BETWEEN.split(tags[:TITLE_LENGTH]) if name.strip()][:MOST_TAGS]
    return similar_threads(request.user, title[:TITLE_LENGTH], names, SHOWN)
