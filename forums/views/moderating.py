"""A moderator's decisions: each asks for its reason, and each has its inverse."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext_lazy

from community.members.keeping import signed_out
from community.members.rulings import NotAllowed
from forums.actions import (
    close_thread_poll,
    hide_post,
    hide_revision,
    lock_thread,
    move_thread,
    pin_thread,
    reopen_thread_poll,
    restore_post,
    take_off_summary,
    unlock_thread,
    unpin_thread,
)
from forums.choices import ForumKind
from forums.forms import CategoryForm, MoveForm, ReasonForm
from forums.models import Thread
from forums.queries import post_for, thread_for
from forums.rules import moderates, seeable_forums
from forums.views.reading import address_of_post, thread_address

NOT_A_MODERATOR = pgettext_lazy("refusal", "Only a moderator of this forum can do this.")
POST_DEEDS: dict[str, tuple[Callable[..., Any], Any]] = {
    "hide": (hide_post, pgettext_lazy("moderator's deed", "Hide this post")),
    "restore": (restore_post, pgettext_lazy("moderator's deed", "Show this post again")),
}
THREAD_DEEDS: dict[str, tuple[Callable[..., Any], Any]] = {
    "lock": (lock_thread, pgettext_lazy("moderator's deed", "Lock this thread")),
    "unlock": (unlock_thread, pgettext_lazy("moderator's deed", "Unlock this thread")),
    "pin": (pin_thread, pgettext_lazy("moderator's deed", "Pin this thread")),
    "unpin": (unpin_thread, pgettext_lazy("moderator's deed", "Unpin this thread")),
    "move": (move_thread, pgettext_lazy("moderator's deed", "Move this thread")),
    "close-poll": (close_thread_poll, pgettext_lazy("moderator's deed", "Close this poll")),
    "reopen-poll": (reopen_thread_poll, pgettext_lazy("moderator's deed", "Open this poll again")),
    "take-off-summary": (take_off_summary, pgettext_lazy("moderator's deed", "Take the summary off")),
}


def post_deed(request: HttpRequest, post_id: int, deed: str) -> HttpResponse:
    post = post_for(request.user, post_id)
    act, title = found(POST_DEEDS, deed)
    return decide(request, act, post, post.thread.forum, title, back=address_of_post(request, post.pk))


def thread_deed(request: HttpRequest, thread_id: int, deed: str) -> HttpResponse:
    thread = thread_for(request.user, thread_id)
    act, title = found(THREAD_DEEDS, deed)
    return decide(request, act, thread, thread.forum, title, back=thread_address(thread.pk, thread.slug))


def found(deeds: dict[str, tuple[Callable[..., Any], Any]], deed: str) -> tuple[Callable[..., Any], Any]:
    if deed not in deeds:
        raise Http404
    return deeds[deed]


def decide(
    request: HttpRequest, act: Callable[..., Any], thing: Any, forum: Any, title: Any, *, back: str
) -> HttpResponse:
    """Ask for the reason, then act: one page for every decision."""
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    if not moderates(request.user, forum):
        raise NotAllowed(NOT_A_MODERATOR)
    form = decision_form(request, act, forum)
    if request.method == "POST" and form.is_valid():
        act(thing, by=request.user, **form.cleaned_data)
        return redirect(back)
    context = {"form": form, "title": title, "back": back}
    return render(request, "forums/decide.html", context, status=422 if form.errors else 200)


def reason_asked(request: HttpRequest, thread: Thread) -> ReasonForm | None:
    """Of a moderator who writes at the head of a thread that is not hers; None of its asker."""
    if thread.author_id == request.user.pk:
        return None
    return ReasonForm(request.POST if request.method == "POST" else None)


def decision_form(request: HttpRequest, act: Callable[..., Any], forum: Any) -> ReasonForm:
    data = request.POST if request.method == "POST" else None
    if act is move_thread:
        return MoveForm(data, forums=seeable_forums(request.user).exclude(pk=forum.pk).exclude(kind=ForumKind.EXCHANGE))
    return CategoryForm(data) if act in (hide_post, hide_revision, lock_thread) else ReasonForm(data)
