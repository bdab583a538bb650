"""A moderator's decisions on requests, outcomes and offers: each asks for its reason, and each has its inverse."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from community.members.keeping import signed_out
from community.members.rulings import Ruling, insist
from forums.actions.exchanges import (
    hide_exchange,
    hide_offer,
    put_outcome_back,
    show_exchange,
    show_offer,
    take_outcome_away,
)
from forums.forms import CategoryForm, ReasonForm
from forums.queries.exchanges import exchange_for, offer_for, outcome_for
from forums.rules.exchanging import can_hide_exchange, can_hide_offer, can_take_outcome_away
from forums.views.exchanges.card import address_of
from forums.views.exchanges.outcomes import outcome_address
from forums.views.moderating import found

Deeds = dict[str, tuple[Callable[..., Any], Any]]
EXCHANGE_DEEDS: Deeds = {
    "hide": (hide_exchange, pgettext_lazy("moderator's deed", "Hide this request")),
    "restore": (show_exchange, pgettext_lazy("moderator's deed", "Show this request again")),
}
OUTCOME_DEEDS: Deeds = {
    "take-away": (take_outcome_away, pgettext_lazy("moderator's deed", "Take this outcome away")),
    "put-back": (put_outcome_back, pgettext_lazy("moderator's deed", "Make this outcome public again")),
}
OFFER_DEEDS: Deeds = {
    "hide": (hide_offer, pgettext_lazy("moderator's deed", "Hide this offer")),
    "restore": (show_offer, pgettext_lazy("moderator's deed", "Show this offer again")),
}


def exchange_deed(request: HttpRequest, exchange_id: int, deed: str) -> HttpResponse:
    if deed in OUTCOME_DEEDS:
        return outcome_deed(request, exchange_id, deed)
    act, title = found(EXCHANGE_DEEDS, deed)
    exchange = exchange_for(request.user, exchange_id)
    ruling = can_hide_exchange(request.user, exchange)
    return decided(request, act, exchange, title, ruling, back=address_of(exchange))


def outcome_deed(request: HttpRequest, exchange_id: int, deed: str) -> HttpResponse:
    act, title = OUTCOME_DEEDS[deed]
    outcome = outcome_for(request.user, exchange_id)
    ruling = can_take_outcome_away(request.user, outcome)
    return decided(request, act, outcome, title, ruling, back=outcome_address(outcome.exchange))


def offer_deed(request: HttpRequest, offer_id: int, deed: str) -> HttpResponse:
    act, title = found(OFFER_DEEDS, deed)
    offer = offer_for(request.user, offer_id)
    ruling = can_hide_offer(request.user, offer)
    return decided(request, act, offer, title, ruling, back=reverse("forums:offer", args=[offer.pk]))


def decided(
    request: HttpRequest, act: Callable[..., Any], thing: Any, title: Any, ruling: Ruling, *, back: str
) -> HttpResponse:
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    insist(ruling)
    asked = CategoryForm if act in (hide_exchange, hide_offer, take_outcome_away) else ReasonForm
    form = asked(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        act(thing, by=request.user, **form.cleaned_data)
        return redirect(back)
    context = {"form": form, "title": title, "back": back}
    return render(request, "forums/decide.html", context, status=422 if form.errors else 200)
