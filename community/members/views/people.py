"""Members' pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now

from community.live.keep import keep
from community.members.profiles import profile_context, streams_of_profile
from community.members.queries.people import member_for_page
from community.members.rules import can_change_profile
from community.text.markdown import render as render_markdown


def member(request: HttpRequest, handle: str) -> HttpResponse:
    # Where there are more streams than a guest's, hers is kept for nobody.
    keep(request, *([] if request.user.is_authenticated else streams_of_profile(request.user)))
    person = get_object_or_404(member_for_page(request.user, handle))
    return render(
        request,
        "members/member.html",
        {
            "person": person,
            "about": render_markdown(person.about) if person.about else "",
            "is_own": bool(can_change_profile(request.user, person)),
            "now": now(),
            **profile_context(request.user, person, here=""),
        },
    )
