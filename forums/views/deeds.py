"""One-tap deeds on posts: helpful, accept, delete, and their inverses. Buttons of the page's one form."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from community.members.keeping import is_by_script, sign_in_first
from forums.actions import accept_answer, delete_post, unaccept_answer, undelete_post, unvote, vote
from forums.choices import PostKind
from forums.models import Post
from forums.queries import post_for
from forums.views.reading import address_of_post

DEEDS: dict[str, Callable[..., Any]] = {
    "vote": vote,
    "unvote": unvote,
    "accept": accept_answer,
    "unaccept": unaccept_answer,
    "delete": delete_post,
    "undelete": undelete_post,
}


@require_POST
def post_deed(request: HttpRequest, post_id: int, deed: str) -> HttpResponse:
    if deed not in DEEDS:
        raise Http404
    post = post_for(request.user, post_id)
    if not request.user.is_authenticated:
        return sign_in_first(request, back=address_of_post(request, post.pk))
    DEEDS[deed](post, by=request.user)
    return HttpResponse(status=204) if is_by_script(request) else after(request, post, deed)


def after(request: HttpRequest, post: Post, deed: str) -> HttpResponse:
    """Back to the post; a deleted one leaves a message with the way to undo it."""
    if deed == "delete":
        deleted = pgettext("after deleting a post", "Your post is deleted. You may undo that on the post itself.")
        messages.success(request, deleted)
        if post.kind == PostKind.OPENING:
            return redirect("forums:forum", post.thread.forum.slug)
    return redirect(address_of_post(request, post.pk))
