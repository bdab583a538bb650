"""An exchange held for writing, its steps, and who hears of them."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from community.facts.actions import record
from community.members.models import Member
from forums.choices import PartyRole
from forums.facts import ExchangeStandsStill
from forums.models import Exchange, Party, Thread

BOARD = "exchanges"  # the stream of all that everybody may see of exchanges: cards, offers, outcomes
REMINDED_AFTER = (timedelta(days=7), timedelta(days=21))


def held_exchange(exchange_id: int) -> Exchange:
    """As it is now; nobody else writes to it until the action ends."""
    held = Exchange.objects.select_for_update(of=("self",), no_key=True)
    exchange = held.select_related("forum", "thread", "city", "asker", "theme").get(pk=exchange_id)
    exchange.thread.forum = exchange.forum
    return exchange


def change_exchange(exchange: Exchange, **fields: Any) -> None:
    """Write these fields: a deed was done, so what was awaited has come. Steps the version and the count of moves."""
    fields["moved_at"] = timezone.now()
    for name, value in fields.items():
        setattr(exchange, name, value)
    exchange.moves, exchange.version = exchange.moves + 1, exchange.version + 1
    Exchange.objects.filter(pk=exchange.pk).update(version=F("version") + 1, moves=F("moves") + 1, **fields)


def tell(
    exchange: Exchange, fact: object, *, by: Member | None = None, shows: bool = False, opens: bool = False
) -> None:
    """Record what happened, on the stream of those taking part.

    Params: shows, everybody sees a change of the card or of the board too: others do not even hear that something
    happened; opens, others may see the conversation, the card or the outcome now, or no more.
    """
    streams = [f"thread:{exchange.thread_id}"]
    streams += [f"exchange:{exchange.pk}", BOARD] if shows else []
    streams += ["access"] if opens else []
    record(fact, streams=streams, actor_id=by.pk if by else None)


def expect_answer(exchange: Exchange) -> None:
    """From now on it is somebody's turn: let those be reminded who then have not moved."""
    last_post_id = Thread.objects.values_list("last_post_id", flat=True).get(pk=exchange.thread_id)
    begins: datetime = max(timezone.now(), exchange.meeting_at or timezone.now())
    for after in REMINDED_AFTER:
        record(ExchangeStandsStill(exchange.pk, exchange.moves, last_post_id), due_at=begins + after)


def put_city(exchange: Exchange, city_id: int, role: PartyRole) -> None:
    Party.objects.update_or_create(exchange=exchange, city_id=city_id, defaults={"role": role, "since": timezone.now()})


def cities_in(exchange: Exchange, *roles: PartyRole) -> set[int]:
    """Ids, as they are now."""
    return set(Party.objects.filter(exchange=exchange, role__in=roles).values_list("city_id", flat=True))
