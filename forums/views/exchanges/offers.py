"""What a city can show others: read, made, changed, withdrawn."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from community.live.keep import keep
from community.members.keeping import sign_in_first, signed_out
from community.members.rules import is_moderator
from community.members.rulings import insist
from forums.actions.exchanges import change_offer, make_offer, renew_offer, withdraw_offer
from forums.actions.exchanges.rows import BOARD
from forums.exchange_forms import ChangedOfferForm, OfferForm
from forums.models import Offer
from forums.queries.exchanges import offer_for
from forums.rules.exchanging import can_change_offer, can_offer
from forums.views.exchanges.asking import begun, kept, texts_of
from forums.views.exchanges.parts import html_of_text

DEEDS = {"withdraw": withdraw_offer, "renew": renew_offer}


def offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    keep(request, BOARD)
    found = offer_for(request.user, offer_id)
    context = {
        "offer": found,
        "html": html_of_text(found.body, request),
        "can_change": can_change_offer(request.user, found),
        "is_moderator": is_moderator(request.user),
    }
    return render(request, "forums/exchanges/offer.html", context)


def new_offer(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    insist(can_offer(request.user))
    if request.method == "POST":
        form = OfferForm(request.POST, author=request.user)
    else:
        form = OfferForm(initial=begun(request, request.user))
    if request.method == "POST" and form.is_valid():
        made = make_offer(by=request.user, **texts_of(request, form, "body"))
        return redirect(f"{offer_address(made)}?sent=offer:new")
    context = {"form": form, "offer": None}
    return render(request, "forums/exchanges/offer_form.html", context, status=422 if form.errors else 200)


def edit_offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    found = offer_for(request.user, offer_id)
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    insist(can_change_offer(request.user, found))
    stands = as_it_stands(found) | kept(request)
    form = ChangedOfferForm(request.POST or None, initial=stands, author=request.user)
    if request.method == "POST" and form.is_valid():
        fields = texts_of(request, form, "body")
        del fields["token"]
        change_offer(found, by=request.user, **fields)
        return redirect(f"{offer_address(found)}?sent=offer:{found.pk}")
    context = {"form": form, "offer": found}
    return render(request, "forums/exchanges/offer_form.html", context, status=422 if form.errors else 200)


def as_it_stands(offer: Offer) -> dict[str, Any]:
    return {
        "title": offer.title,
        "theme": offer.theme,
        "body": offer.body,
        "languages": offer.spoken,
        "language": offer.language,
        "tags": [tag.name for tag in offer.shown_tags],
        "token": uuid4().hex,
    }


def offer_address(offer: Offer) -> str:
    return reverse("forums:offer", args=[offer.pk])


@require_POST
def offer_deed(request: HttpRequest, offer_id: int, deed: str) -> HttpResponse:
    if deed not in DEEDS:
        raise Http404
    found = offer_for(request.user, offer_id)
    if not request.user.is_authenticated:
        return sign_in_first(request, back=request.path)
    DEEDS[deed](found, by=request.user)
    return redirect("forums:offer", found.pk)
