"""What a post said before, and what each edit changed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from forums.actions import hide_revision, restore_revision
from forums.queries import history_of, post_for, revision_for
from forums.rules import moderates
from forums.views.board import page_number
from forums.views.moderating import decide

DEEDS = {
    "hide": (hide_revision, pgettext_lazy("moderator's deed", "Hide this version")),
    "restore": (restore_revision, pgettext_lazy("moderator's deed", "Show this version again")),
}


def history(request: HttpRequest, post_id: int) -> HttpResponse:
    post = post_for(request.user, post_id)
    context = {
        "post": post,
        "thread": post.thread,
        "page": history_of(request.user, post, page=page_number(request)),
        "is_moderator": moderates(request.user, post.thread.forum),
    }
    response = render(request, "forums/history.html", context)
    response["X-Robots-Tag"] = "noindex"  # what was taken back should not be found by machines
    return response


def decide_on_version(request: HttpRequest, post_id: int, revision_id: int, deed: str) -> HttpResponse:
    post = post_for(request.user, post_id)
    revision = revision_for(request.user, post, revision_id)
    if deed not in DEEDS:
        raise Http404
    act, title = DEEDS[deed]
    back = f"{reverse('forums:history', args=[post.pk])}#version-{revision.pk}"
    return decide(request, act, revision, post.thread.forum, title, back=back)
