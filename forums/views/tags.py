"""Tags: the threads under one, and suggestions while one types."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from community.live.keep import keep
from forums.queries import streams_of_forums, tag_for, tags_like, threads_with_tag
from forums.views.board import page_number

SUGGESTIONS = 8


def tag(request: HttpRequest, slug: str) -> HttpResponse:
    if not request.user.is_authenticated:  # hers is kept for nobody
        keep(request, *streams_of_forums(request.user))
    tag = tag_for(slug, viewer=request.user)
    threads = threads_with_tag(request.user, tag, page=page_number(request))
    return render(request, "forums/tag.html", {"tag": tag, "threads": threads})


def suggest(request: HttpRequest) -> HttpResponse:
    """`?q=inun` → the tags that begin so, whatever their case and accents, the most used first."""
    begun = request.GET.get("q", "")[:40]
    return JsonResponse({"tags": tags_like(begun, SUGGESTIONS, viewer=request.user) if begun.strip() else []})
