"""Bookmarks: one tap on a post, its note and reminder, and the list of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.members.keeping import is_by_script, kept_fields, signed_out
from community.members.models import Member
from community.members.views.joining import safe_next
from community.text.clean import UnfitText, clean_line
from forums.actions import bookmark as put_bookmark
from forums.actions import drop_bookmark, keep_bookmark, take_bookmark_back
from forums.forms import BookmarkForm
from forums.queries import bookmark_on, bookmarks_of, dropped_bookmark, post_for
from forums.views.board import page_number
from forums.views.reading import address_of_post

LONGEST_SEARCH = 100  # characters


@never_cache
def bookmark(request: HttpRequest, post_id: int) -> HttpResponse:
    """A tap on the post makes a bare bookmark; the form on its own page keeps note and reminder."""
    post = post_for(request.user, post_id)
    if not isinstance(request.user, Member):
        return signed_out(request, back=request.path)
    if request.method == "POST" and "remind" not in request.POST:
        put_bookmark(post, by=request.user)
        if is_by_script(request):
            return HttpResponse(status=204)
        return redirect(address_of_post(request, post.pk))
    mark = bookmark_on(request.user, post)
    beginning = BookmarkForm.beginning(mark) | kept_fields(request, back=request.path)
    form = BookmarkForm(request.POST or None, initial=beginning, remind_at=mark.remind_at if mark else None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        keep_bookmark(post, by=request.user, note=fields["note"], remind_at=form.remind_at())
        messages.success(request, pgettext("after keeping a bookmark", "Your bookmark is saved."))
        return redirect(safe_next(request) or "forums:bookmarks")
    context = {"post": post, "mark": mark, "form": form, "next": safe_next(request)}
    return render(request, "forums/bookmark.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def drop(request: HttpRequest, post_id: int) -> HttpResponse:
    """Gone from the list, which offers to undo it."""
    post = post_for(request.user, post_id)
    drop_bookmark(post, by=reader(request))
    return redirect(f"{reverse('forums:bookmarks')}?dropped={post.pk}")


@require_POST
@login_required
def take_back(request: HttpRequest, post_id: int) -> HttpResponse:
    take_bookmark_back(post_for(request.user, post_id), by=reader(request))
    return redirect("forums:bookmarks")


@require_safe
@never_cache
@login_required
def bookmarks(request: HttpRequest) -> HttpResponse:
    containing = searched(request)
    dropped = request.GET.get("dropped", "")
    is_number = dropped.isascii() and dropped.isdigit() and len(dropped) < 16
    context = {
        "page": bookmarks_of(reader(request), containing=containing, page=page_number(request)),
        "containing": containing,
        "dropped": dropped_bookmark(reader(request), int(dropped)) if is_number else None,
    }
    return render(request, "forums/bookmarks.html", context)


def searched(request: HttpRequest) -> str:
    try:
        return clean_line(request.GET.get("q", ""))[:LONGEST_SEARCH]
    except UnfitText:
        return ""


def reader(request: HttpRequest) -> Member:
    """Signed in: the views here ask for it."""
    assert isinstance(request.user, Member)  # noqa: S101 - for the type checker only
    return request.user
