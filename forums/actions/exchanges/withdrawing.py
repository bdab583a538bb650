"""What askers do to their own requests."""

from django.utils import timezone

from community.facts.actions import action
from community.members.models import Member
from community.members.rulings import insist
from forums.actions.exchanges.rows import change_exchange, expect_answer, held_exchange, tell
from forums.facts import ExchangeReopened, ExchangeWithdrawn
from forums.models import Exchange
from forums.rules.exchanging import can_withdraw


@action
def withdraw_exchange(exchange: Exchange, *, by: Member) -> Exchange:
    """Only the cities taking part see it from now on. Withdrawing twice is once. Records: ExchangeWithdrawn."""
    exchange = held_exchange(exchange.pk)
    insist(can_withdraw(by, exchange))
    if exchange.withdrawn_at is None:
        change_exchange(exchange, withdrawn_at=timezone.now())
        tell(exchange, ExchangeWithdrawn(exchange.pk), by=by, shows=True, opens=True)
    return exchange


@action
def reopen_exchange(exchange: Exchange, *, by: Member) -> Exchange:
    """Records: ExchangeReopened."""
    exchange = held_exchange(exchange.pk)
    insist(can_withdraw(by, exchange))
    if exchange.withdrawn_at is not None:
        change_exchange(exchange, withdrawn_at=None)
        tell(exchange, ExchangeReopened(exchange.pk), by=by, shows=True, opens=True)
        expect_answer(exchange)
    return exchange
