"""What moderators do to requests and offers."""

from django.db.models import F
from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions import decide
from forums.actions.exchanges.rows import BOARD, change_exchange, expect_answer, held_exchange, tell
from forums.actions.rows import held_post
from forums.actions.shown import switch
from forums.choices import PostKind
from forums.facts import ExchangeHidden, ExchangeShown, OfferChanged, PostHidden, PostRestored
from forums.models import Exchange, Offer, Post
from forums.rules.exchanging import can_hide_exchange, can_hide_offer
from forums.scopes import scope_of


@action
def hide_exchange(exchange: Exchange, *, by: Member, reason: str) -> Exchange:
    """The card and the conversation. Hiding twice is hiding once. Records: ExchangeHidden and a Decision."""
    exchange = held_exchange(exchange.pk)
    insist(can_hide_exchange(by, exchange))
    if exchange.hidden_at is None:
        change_exchange(exchange, hidden_at=timezone.now())
        opening = _opening(exchange)
        if opening.hidden_at is None:
            switch(opening, "hidden_at", timezone.now(), fact=PostHidden(opening.thread_id, opening.pk), actor_id=by.pk)
        decide(exchange, deed="hide", by=by, reason=reason, scope=scope_of(exchange.thread))
        tell(exchange, ExchangeHidden(exchange.pk), by=by, shows=True, opens=True)
    return exchange


@action
def show_exchange(exchange: Exchange, *, by: Member, reason: str) -> Exchange:
    """Records: ExchangeShown and a Decision."""
    exchange = held_exchange(exchange.pk)
    insist(can_hide_exchange(by, exchange))
    if exchange.hidden_at is not None:
        change_exchange(exchange, hidden_at=None)
        opening = _opening(exchange)
        if opening.hidden_at is not None:
            switch(opening, "hidden_at", None, fact=PostRestored(opening.thread_id, opening.pk), actor_id=by.pk)
        decide(exchange, deed="restore", by=by, reason=reason, scope=scope_of(exchange.thread))
        tell(exchange, ExchangeShown(exchange.pk), by=by, shows=True, opens=True)
        expect_answer(exchange)
    return exchange


def _opening(exchange: Exchange) -> Post:
    return held_post(Post.objects.get(thread=exchange.thread_id, kind=PostKind.OPENING))


@action
def hide_offer(offer: Offer, *, by: Member, reason: str) -> Offer:
    """Records: OfferChanged and a Decision."""
    return _switch_offer(offer, by=by, reason=reason, deed="hide")


@action
def show_offer(offer: Offer, *, by: Member, reason: str) -> Offer:
    """Records: OfferChanged and a Decision."""
    return _switch_offer(offer, by=by, reason=reason, deed="restore")


def _switch_offer(offer: Offer, *, by: Member, reason: str, deed: str) -> Offer:
    offer = Offer.objects.select_for_update(no_key=True).get(pk=offer.pk)
    insist(can_hide_offer(by, offer))
    goes = deed == "hide"
    if goes != bool(offer.hidden_at):
        offer.hidden_at = timezone.now() if goes else None
        Offer.objects.filter(pk=offer.pk).update(hidden_at=offer.hidden_at, version=F("version") + 1)
        decide(offer, deed=deed, by=by, reason=reason)
        record(OfferChanged(offer.pk), streams=[BOARD], actor_id=by.pk)
    return offer
