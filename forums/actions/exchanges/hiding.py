"""What moderators do to requests and offers."""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions import decide
from community.moderation.models import ReviewItem
from forums.actions.exchanges.rows import BOARD, change_exchange, expect_answer, held_exchange, tell
from forums.actions.rows import held_post
from forums.actions.shown import switch
from forums.choices import PostKind
from forums.facts import ExchangeHidden, ExchangeShown, OfferChanged, PostHidden, PostRestored
from forums.models import Exchange, Offer, Post
from forums.rules.exchanging import can_hide_exchange, can_hide_offer
from forums.scopes import scope_of


@action
def hide_exchange(
    exchange: Exchange, *, by: Member, reason: str, category: str = "", item: ReviewItem | None = None
) -> Exchange:
    """The card and the conversation are one: neither is hidden without the other. Hiding twice is hiding once.

    Params: reason, which the asker reads; item, which this answers. Records: ExchangeHidden and a Decision.
    """
    exchange = held_exchange(exchange.pk)
    insist(can_hide_exchange(by, exchange))
    if exchange.hidden_at is None:
        _switch_exchange(exchange, timezone.now(), by=by, reason=reason)
        _decide(exchange, "hide", by=by, reason=reason, category=category, item=item)
        tell(exchange, ExchangeHidden(exchange.pk), by=by, shows=True, opens=True)
    return exchange


@action
def show_exchange(
    exchange: Exchange, *, by: Member, reason: str, category: str = "", item: ReviewItem | None = None
) -> Exchange:
    """Records: ExchangeShown and a Decision."""
    exchange = held_exchange(exchange.pk)
    insist(can_hide_exchange(by, exchange))
    if exchange.hidden_at is not None:
        _switch_exchange(exchange, None, by=by, reason="")
        _decide(exchange, "restore", by=by, reason=reason, category=category, item=item)
        tell(exchange, ExchangeShown(exchange.pk), by=by, shows=True, opens=True)
        expect_answer(exchange)
    return exchange


def exchange_begun_by(post: Post) -> Exchange | None:
    """Whose request this post is: then it is the exchange that is hidden, with the post."""
    return Exchange.objects.filter(thread=post.thread_id).first() if post.kind == PostKind.OPENING else None


def _switch_exchange(exchange: Exchange, at: datetime | None, *, by: Member, reason: str) -> None:
    """The only place that writes either: the opening post takes its thread along."""
    change_exchange(exchange, hidden_at=at)
    opening = held_post(Post.objects.get(thread=exchange.thread_id, kind=PostKind.OPENING))
    fact = (PostHidden if at else PostRestored)(opening.thread_id, opening.pk)
    switch(opening, "hidden_at", at, fact=fact, actor_id=by.pk, hidden_reason=reason)


def _decide(exchange: Exchange, deed: str, **told: Any) -> None:
    decide(exchange, deed=deed, scope=scope_of(exchange.thread), concerns=exchange.asker, **told)


@action
def hide_offer(offer: Offer, *, by: Member, reason: str, category: str = "", item: ReviewItem | None = None) -> Offer:
    """Params: reason, which its author reads; item, which this answers. Records: OfferChanged and a Decision."""
    return _switch_offer(offer, "hide", by=by, reason=reason, category=category, item=item)


@action
def show_offer(offer: Offer, *, by: Member, reason: str, category: str = "", item: ReviewItem | None = None) -> Offer:
    """Records: OfferChanged and a Decision."""
    return _switch_offer(offer, "restore", by=by, reason=reason, category=category, item=item)


def _switch_offer(offer: Offer, deed: str, *, by: Member, **told: Any) -> Offer:
    offer = Offer.objects.select_for_update(no_key=True).get(pk=offer.pk)
    insist(can_hide_offer(by, offer))
    goes = deed == "hide"
    if goes != bool(offer.hidden_at):
        offer.hidden_at = timezone.now() if goes else None
        Offer.objects.filter(pk=offer.pk).update(hidden_at=offer.hidden_at, version=F("version") + 1)
        decide(offer, deed=deed, by=by, concerns=offer.author, **told)
        record(OfferChanged(offer.pk), streams=[BOARD], actor_id=by.pk)
    return offer
