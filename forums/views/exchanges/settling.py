"""Between whom it is held, and when they meet."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from community.members.keeping import signed_out
from community.members.rulings import insist
from forums.actions.exchanges import NothingToMatch, match_cities, set_meeting
from forums.exchange_forms import MatchForm, MeetingForm
from forums.meetings import meeting_file
from forums.models import Exchange
from forums.queries.exchanges import cities_to_match, exchange_for
from forums.rules.exchanges import can_see_conversation
from forums.rules.exchanging import can_match, can_meet
from forums.views.exchanges.card import address_of
from i18n.zones import zone


def match(request: HttpRequest, exchange_id: int) -> HttpResponse:
    exchange = exchange_for(request.user, exchange_id)
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    insist(can_match(request.user, exchange))
    form = MatchForm(request.POST or None, cities=cities_to_match(exchange))
    if request.method == "POST" and form.is_valid():
        try:
            match_cities(exchange, by=request.user, cities=form.cleaned_data["cities"])
        except NothingToMatch:
            messages.info(request, pgettext("after matching", "These cities take part no more."))
        return redirect(address_of(exchange))
    context = {"form": form, "exchange": exchange}
    return render(request, "forums/exchanges/match.html", context, status=422 if form.errors else 200)


def meeting(request: HttpRequest, exchange_id: int) -> HttpResponse:
    exchange = exchange_for(request.user, exchange_id)
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    insist(can_meet(request.user, exchange))
    form = MeetingForm(request.POST or None, initial=as_it_is_set(exchange, request.user.timezone))
    if request.method == "POST" and form.is_valid():
        set_meeting(exchange, by=request.user, **form.cleaned_data)
        return redirect(address_of(exchange))
    context = {"form": form, "exchange": exchange}
    return render(request, "forums/exchanges/meeting.html", context, status=422 if form.errors else 200)


@require_safe
def meeting_for_calendar(request: HttpRequest, exchange_id: int) -> HttpResponse:
    """A file for those who take part, and moderators; there is none for anybody else."""
    exchange = exchange_for(request.user, exchange_id)
    if exchange.meeting_at is None or not can_see_conversation(request.user, exchange):
        raise Http404
    headers = {"Content-Disposition": 'inline; filename="meeting.ics"', "Cache-Control": "private, no-cache"}
    return HttpResponse(meeting_file(exchange), content_type="text/calendar; charset=utf-8", headers=headers)


def as_it_is_set(exchange: Exchange, own_zone: str) -> dict[str, object]:
    name = exchange.meeting_zone or own_zone
    at = exchange.meeting_at and timezone.localtime(exchange.meeting_at, zone(name)).replace(tzinfo=None)
    return {"at": at, "zone": name, "link": exchange.meeting_link}
