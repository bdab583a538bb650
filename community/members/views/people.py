"""Members' pages."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now

from community.live.keep import keep
from community.members.profiles import profile_context, streams_of_profile
from community.members.queries.people import member_called_before, member_for_page
from community.members.rules import can_change_profile
from community.members.rulings import Viewer
from community.members.shown import ShownProfile, shown_profile
from community.text.markdown import render as render_markdown


def member(request: HttpRequest, handle: str) -> HttpResponse:
    # Where there are more streams than a guest's, hers is kept for nobody.
    keep(request, *([] if request.user.is_authenticated else streams_of_profile(request.user)))
    person = member_for_page(request.user, handle).first()
    if person is None:
        return redirect("members:member", handle_now(request.user, handle))
    shown = shown_profile(request.user, person)
    if shown.timezone:  # its clock shows minutes
        keep(request, until=now().replace(second=0, microsecond=0) + timedelta(minutes=1))
    context = {**seen(shown), "is_own": bool(can_change_profile(request.user, person))}
    return render(request, "members/member.html", context | profile_context(request.user, shown, here=""))


def handle_now(viewer: Viewer, handle: str) -> str:
    """Of whom an old link means. Not for good: she may take the old one again. Raises: Http404."""
    person = member_called_before(viewer, handle)
    if person is None:
        raise Http404
    return person.handle


def seen(shown: ShownProfile) -> dict[str, Any]:
    """What a member's page is made of, for whom `shown` was asked."""
    about = render_markdown(shown.about) if shown.about else ""
    return {"person": shown.member, "shown": shown, "about": about, "now": now()}
