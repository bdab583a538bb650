"""A member's notices. Looking at them writes nothing; opening one marks it read."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from community.live.answers import answer_changes
from community.members.models import Member
from community.notifications.actions import mark_all_read, mark_read
from community.notifications.queries import notice_for, notices_of, unread_count


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    number = request.GET.get("page", "")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    unread_only = request.GET.get("show") == "unread"
    context = {
        "notices": notices_of(reader(request), page, unread_only=unread_only),
        "unread": unread_count(reader(request)),
        "unread_only": unread_only,
    }
    return render(request, "notifications/index.html", context)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What is hers alone, for pages that cannot hear it: notices, and what on open pages is her own."""
    if not request.user.is_authenticated:
        raise Http404
    return answer_changes(request, f"member:{request.user.pk}", or_now=True)


@require_POST
@login_required
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Read from now on, and off to what it is about."""
    found = notice_for(reader(request), notice_id)
    mark_read(found.notice)
    return redirect(found.shown.url)


@require_POST
@login_required
def all_read(request: HttpRequest) -> HttpResponse:
    mark_all_read(reader(request))
    return redirect("notifications:index")


def reader(request: HttpRequest) -> Member:
    """Signed in: every view here asks for it."""
    assert isinstance(request.user, Member)  # noqa: S101 - for the type checker only
    return request.user
