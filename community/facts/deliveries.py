"""Deliveries that are made by hand: one a recipient, and those given another chance."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from community.facts.actions import action, tell_after_commit
from community.facts.listeners import LISTENERS, HearForOne, listener_name
from community.facts.models import Delivery, Fact


@action
def deliver(fact: Fact, listener: HearForOne, *, to: Iterable[int], due_at: datetime | None = None) -> None:
    """One delivery of this fact a recipient: one slow or failing recipient then delays nobody else.

    Params: listener, a function declared with `@listens_for_one`; to, the recipients' ids, each
    taken once; due_at, when it may be carried out at the earliest, now if not said.
    """
    known = LISTENERS[listener_name(listener)]
    Delivery.objects.bulk_create(
        [
            Delivery(
                fact=fact,
                listener=known.name,
                lane=known.lane,
                recipient_id=recipient_id,
                due_at=due_at or timezone.now(),
            )
            for recipient_id in sorted(set(to))
        ],
        batch_size=500,
    )
    tell_after_commit({})


@action
def carry_out_again(delivery_ids: Iterable[int]) -> int:
    """Give parked deliveries their chances back. Returns how many there were."""
    count = Delivery.objects.filter(pk__in=list(delivery_ids), done_at=None, parked_at__isnull=False).update(
        parked_at=None, attempts=0, due_at=timezone.now()
    )
    tell_after_commit({})
    return count
