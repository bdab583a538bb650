"""Who may carry out a delivery, and until when."""

from datetime import timedelta

from django.db import connection
from django.db.models import F, prefetch_related_objects
from django.utils import timezone

from community.facts.listeners import HEAVY, INDEX, OURS, WORLD
from community.facts.models import Delivery
from community.facts.turns import writers_turn

LEASE = timedelta(seconds=60)
LEASES = {HEAVY: timedelta(minutes=4), INDEX: timedelta(minutes=4)}  # where another
LONGEST_WAIT_SECONDS = 3600
# What fails in our own database is a mistake of ours, and shows soon; a mail server may be away
# for a night: 24 tries with the waits below are some 14 hours.
PATIENCE = {OURS: 8, WORLD: 24, HEAVY: 24, INDEX: 24}  # attempts before a delivery is parked
# Materialised: PostgreSQL may run a locking subquery once for every row it joins, each time past the
# rows already locked, and so claim more than the limit. https://www.postgresql.org/docs/current/queries-with.html
CLAIM = """
WITH due AS MATERIALIZED (
    SELECT id FROM facts_delivery
    WHERE done_at IS NULL AND parked_at IS NULL AND lane = %s AND due_at <= %s {only}
    ORDER BY due_at, id LIMIT %s {skip}
)
UPDATE facts_delivery SET due_at = %s, attempts = attempts + 1 WHERE id IN (SELECT id FROM due) RETURNING *
"""


class LeaseLost(Exception):
    """Another worker has this delivery now: whatever we wrote is rolled back."""


def lease_of(lane: str) -> timedelta:
    return LEASES.get(lane, LEASE)


def claim(lane: str, *, limit: int, first_tries_of: str = "") -> list[Delivery]:
    """Due deliveries become ours until the lease lapses; by one statement, oldest first, their facts fetched.

    Params: first_tries_of, a listener's name: only deliveries to it that nobody claimed before.
    """
    now = timezone.now()
    due = Delivery.objects.filter(done_at=None, parked_at=None, lane=lane, due_at__lte=now)
    if not due.exists():
        return []  # on SQLite an UPDATE that changes nothing takes the write lock too
    only, values = ("AND listener = %s AND attempts = 0", [first_tries_of]) if first_tries_of else ("", [])
    skip = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    statement = CLAIM.format(only=only, skip=skip)
    with writers_turn():
        claimed = list(Delivery.objects.raw(statement, [lane, now, *values, limit, now + lease_of(lane)]))
    claimed.sort(key=lambda delivery: delivery.pk)
    prefetch_related_objects(claimed, "fact")
    return claimed


def mark_done(deliveries: list[Delivery]) -> None:
    """Params: deliveries, all claimed the same number of times.

    Raises: LeaseLost where one of them is no longer ours.
    """
    mine = Delivery.objects.filter(
        pk__in=[delivery.pk for delivery in deliveries], done_at=None, attempts=deliveries[0].attempts
    )
    if mine.update(done_at=timezone.now()) < len(deliveries):
        raise LeaseLost


def put_back(delivery: Delivery, error: Exception) -> None:
    """After a failure: due again in 2ⁿ seconds, or parked where patience has run out."""
    now = timezone.now()
    wait = timedelta(seconds=min(2 ** min(delivery.attempts, 12), LONGEST_WAIT_SECONDS))
    out_of_patience = delivery.attempts >= PATIENCE.get(delivery.lane, 0)
    _give_up(delivery, error=repr(error)[:500], due_at=now + wait, parked_at=now if out_of_patience else None)


def park(delivery: Delivery, *, reason: str) -> None:
    """Until somebody looks at it."""
    _give_up(delivery, error=reason, parked_at=timezone.now())


def release(delivery: Delivery) -> None:
    """We stop before it was begun: anyone may take it at once, and it counts as no attempt."""
    _give_up(delivery, due_at=timezone.now(), attempts=F("attempts") - 1)


def free_all_leases() -> None:
    """For a worker that knows itself alone, at its start: whoever held these is dead."""
    now = timezone.now()
    with writers_turn():
        for lane in PATIENCE:
            held = Delivery.objects.filter(lane=lane, due_at__gt=now, due_at__lte=now + lease_of(lane))
            held.filter(done_at=None, parked_at=None, attempts__gt=0).update(due_at=now)


def _give_up(delivery: Delivery, **values: object) -> None:
    with writers_turn():
        Delivery.objects.filter(pk=delivery.pk, done_at=None, attempts=delivery.attempts).update(**values)
