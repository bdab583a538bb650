"""What a member has written: pages beside what she says about herself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now

from community.live.keep import keep
from community.members.profiles import profile_context, streams_of_profile
from community.members.queries.people import member_for_page
from community.members.rules import can_change_profile
from community.members.shown import shown_profile
from community.members.views.people import handle_now
from forums.queries import posts_by, threads_by
from forums.views.board import page_number

KINDS = ("threads", "posts", "answers")


def written(request: HttpRequest, handle: str, what: str) -> HttpResponse:
    if what not in KINDS:
        raise Http404
    if not request.user.is_authenticated:  # hers is kept for nobody
        keep(request, *streams_of_profile(request.user))
    person = member_for_page(request.user, handle).first()
    if person is None:
        return redirect("forums:written", handle_now(request.user, handle), what)
    shown = shown_profile(request.user, person)
    if not shown.activity:
        raise Http404
    number = page_number(request)
    found = threads_by(request.user, person, page=number) if what == "threads" else None
    page = found or posts_by(request.user, person, what=what, page=number)
    context = {"person": person, "shown": shown, "what": what, "page": page, "now": now()}
    context["is_own"] = bool(can_change_profile(request.user, person))
    return render(request, "forums/written.html", context | profile_context(request.user, shown, here=what))
