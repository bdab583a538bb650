"""Cities that come in: invited by the asker, responding for themselves."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import npgettext, pgettext

from community.members.keeping import kept_fields, signed_out
from community.members.models import City
from community.members.rulings import insist
from forums.actions.exchanges import WrongCities, invite_cities, respond
from forums.exchange_forms import InviteForm, ResponseForm
from forums.queries.exchanges import cities_to_invite, exchange_for, suggested_cities
from forums.rules.exchanging import can_invite, can_respond
from forums.views.exchanges.card import address_of
from forums.views.exchanges.parts import card_texts
from forums.views.writing import spoken, with_language


def respond_for_city(request: HttpRequest, exchange_id: int) -> HttpResponse:
    exchange = exchange_for(request.user, exchange_id)
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    insist(can_respond(request.user, exchange))
    initial = {"token": uuid4().hex, "language": spoken(request)} | kept_fields(request, back=request.path)
    form = ResponseForm(request.POST or None, initial=initial, author=request.user)
    if request.method == "POST" and form.is_valid():
        fields = with_language(request, form.cleaned_data)
        respond(exchange, by=request.user, **fields)
        words = pgettext(
            "after responding",
            "Your city takes part now. Only the cities in it and moderators read this conversation.",
        )
        messages.success(request, words)
        return redirect(f"{address_of(exchange)}?sent=respond:{exchange.pk}")
    context = {"form": form, "exchange": exchange, "card": card_texts(exchange, request)}
    return render(request, "forums/exchanges/respond.html", context, status=422 if form.errors else 200)


def invite(request: HttpRequest, exchange_id: int) -> HttpResponse:
    exchange = exchange_for(request.user, exchange_id)
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    insist(can_invite(request.user, exchange))
    form = InviteForm(request.POST or None, cities=cities_to_invite(exchange))
    if request.method == "POST" and form.is_valid():
        return invited(request, exchange_id, form.cleaned_data["cities"])
    chosen = form.data.getlist("cities") if form.is_bound else []  # type: ignore[attr-defined]  # a QueryDict
    context = {
        "form": form,
        "exchange": exchange,
        "suggestions": suggested_cities(exchange),
        "chosen": [int(value) for value in chosen if value.isascii() and value.isdigit() and len(value) < 16],
    }
    return render(request, "forums/exchanges/invite.html", context, status=422 if form.errors else 200)


def invited(request: HttpRequest, exchange_id: int, cities: list[City]) -> HttpResponse:
    exchange = exchange_for(request.user, exchange_id)
    try:
        invite_cities(exchange, by=request.user, cities=cities)  # type: ignore[arg-type]  # the rule has asked for a member
    except WrongCities:
        messages.info(request, pgettext("after inviting", "These cities are in it already."))
    else:
        words = npgettext("after inviting", "%(count)s city is told.", "%(count)s cities are told.", len(cities))
        messages.success(request, words % {"count": len(cities)})
    return redirect(address_of(exchange))
