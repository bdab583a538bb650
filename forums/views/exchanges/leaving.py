"""Cities that go, after they have read what will happen, and come back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from community.members.keeping import sign_in_first, signed_out
from community.members.models import City
from community.members.rulings import insist
from forums.actions.exchanges import leave_exchange, return_city
from forums.choices import PartyRole, Stage
from forums.models import Exchange
from forums.queries.exchanges import exchange_for, outcome_of
from forums.rules.exchanges import can_see_exchange, role_of, takes_part
from forums.rules.exchanging import can_leave
from forums.views.exchanges.card import address_of


def leave(request: HttpRequest, exchange_id: int) -> HttpResponse:
    exchange = exchange_for(request.user, exchange_id)
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    insist(can_leave(request.user, exchange))
    if request.method == "POST":
        exchange = leave_exchange(exchange, by=request.user)
        words = pgettext("after a deed", "Your city takes no part in this exchange any more.")
        messages.success(request, words)
        return redirect(address_of(exchange) if can_see_exchange(request.user, exchange) else "forums:exchanges")
    role = role_of(request.user, exchange)
    context = {
        "exchange": exchange,
        "role": role,
        "takes_part": takes_part(request.user, exchange),
        "has_draft": role == PartyRole.MATCHED and outcome_of(exchange) is not None,
        "opens_again": role == PartyRole.MATCHED and exchange.stage != Stage.ASKED and matched_count(exchange) == 1,
    }
    return render(request, "forums/exchanges/leave.html", context)


def matched_count(exchange: Exchange) -> int:
    return sum(party.role == PartyRole.MATCHED for party in exchange.parties.all())


@require_POST
def return_city_to(request: HttpRequest, exchange_id: int, city_id: int) -> HttpResponse:
    exchange, city = exchange_for(request.user, exchange_id), get_object_or_404(City, pk=city_id)
    if not request.user.is_authenticated:
        return sign_in_first(request, back=address_of(exchange))
    return_city(exchange, by=request.user, city=city)
    messages.success(request, pgettext("after a deed", "The city is in this exchange again."))
    return redirect(address_of(exchange))
