"""Who works for a city: confirmed by those who do, or by a moderator."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache

from community.members.actions import MovedMeanwhile, confirm_colleague, unconfirm_colleague
from community.members.keeping import signed_out
from community.members.models import City, Member
from community.members.queries.people import colleagues_in
from community.members.rules import can_see_colleagues

PEOPLE_A_PAGE = 48


@never_cache
def colleagues(request: HttpRequest, slug: str) -> HttpResponse:
    if not isinstance(request.user, Member):
        return signed_out(request, back=request.path)
    city = get_object_or_404(City, slug=slug)
    if not can_see_colleagues(request.user, city.pk):
        raise Http404
    if request.method == "POST":
        _answer(request, city, by=request.user)
        return redirect("members:colleagues", slug)
    page = Paginator(colleagues_in(city), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "members/colleagues.html", {"city": city, "page": page})


def _answer(request: HttpRequest, city: City, *, by: Member) -> None:
    """One button a member: its name says what, its value whom."""
    deed = "confirm" if "confirm" in request.POST else "unconfirm"
    member = get_object_or_404(colleagues_in(city), handle=request.POST.get(deed, ""))
    try:
        (confirm_colleague if deed == "confirm" else unconfirm_colleague)(member, city, by=by)
    except MovedMeanwhile:
        raise Http404 from None
    if deed == "confirm":
        words = pgettext("colleagues of a city", "%(name)s may speak for your city now.")
    else:
        words = pgettext("colleagues of a city", "%(name)s may no longer speak for your city.")
    messages.success(request, words % {"name": member.name})
