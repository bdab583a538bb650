"""A request: its card for everybody who may see it, and the conversation for the cities that take part."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.live.answers import answer_changes
from community.live.keep import keep
from forums.models import Exchange
from forums.queries.exchanges import exchange_for, outcome_of, thread_id_of
from forums.rules.exchanges import can_see_conversation, is_published, role_of
from forums.rules.exchanging import can_leave, can_respond, can_return, takes_responses
from forums.views.board import page_number
from forums.views.exchanges.parts import card_texts
from forums.views.reading import own_stream, show_thread, with_query


def exchange(request: HttpRequest, exchange_id: int, slug: str = "") -> HttpResponse:
    # Before the rows: what comes between is sent again, never missed.
    heads = keep(request, f"exchange:{exchange_id}", f"thread:{thread_id_of(exchange_id)}", *own_stream(request))
    found = exchange_for(request.user, exchange_id)
    if slug != found.slug:
        return HttpResponseRedirect(with_query(request, address_of(found)))
    if can_see_conversation(request.user, found):
        return show_thread(request, found.thread, page=page_number(request), heads=heads, exchange=found)
    return show_card(request, found, seq=heads[f"exchange:{found.pk}"])


def show_card(request: HttpRequest, exchange: Exchange, *, seq: int) -> HttpResponse:
    outcome = outcome_of(exchange)
    context = {
        "exchange": exchange,
        "card": card_texts(exchange, request),
        "seq": seq,
        "outcome": outcome if outcome and is_published(outcome) else None,
        "takes_responses": takes_responses(exchange),
        "role": role_of(request.user, exchange),
        "can_respond": can_respond(request.user, exchange),
        "can_leave": can_leave(request.user, exchange),
        "can_return": can_return(request.user, exchange),
    }
    return render(request, "forums/exchanges/card.html", context)


@require_safe
def changes_of_exchange(request: HttpRequest, exchange_id: int, slug: str) -> HttpResponse:
    return answer_changes(request, f"exchange:{exchange_id}")


def address_of(exchange: Exchange) -> str:
    return reverse("forums:exchange", args=[exchange.pk, exchange.slug])
