"""Carries facts to their listeners, at least once; into our own database exactly once."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import close_old_connections, connection
from django.utils import timezone

from community.facts.actions import AFTER_COMMIT, action
from community.facts.listeners import LISTENERS, OURS, WORLD, Listener
from community.facts.models import Delivery
from community.facts.turns import writers_turn

LEASE = timedelta(seconds=60)
BATCH, PATIENCE, GATHER_SECONDS = 20, 8, 0.1
log = logging.getLogger(__name__)


def claim(lane: str) -> list[Delivery]:
    """One statement: due deliveries become ours until the lease lapses."""
    skip = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    now = timezone.now()
    if not Delivery.objects.filter(done_at=None, parked_at=None, lane=lane, due_at__lte=now).exists():
        return []  # on SQLite an UPDATE that changes nothing takes the write lock too
    with writers_turn():
        return list(
            Delivery.objects.raw(
                "UPDATE facts_delivery SET due_at = %s, attempts = attempts + 1 WHERE id IN ("
                " SELECT id FROM facts_delivery WHERE done_at IS NULL AND parked_at IS NULL AND lane = %s AND due_at <= %s"
                f" ORDER BY due_at LIMIT {BATCH} {skip}) RETURNING *",
                [now + LEASE, lane, now],
            )
        )


class LeaseLost(Exception):
    """Another worker has this delivery now: whatever we wrote is rolled back."""


def mark_done(delivery: Delivery) -> None:
    mine = Delivery.objects.filter(pk=delivery.pk, done_at=None, attempts=delivery.attempts)
    if not mine.update(done_at=timezone.now()):
        raise LeaseLost


@action
def hear_and_mark(listener: Listener, delivery: Delivery) -> None:
    mark_done(delivery)
    listener.hear(delivery.fact)


def carry_out(delivery: Delivery) -> None:
    listener = LISTENERS[delivery.listener]
    try:
        if listener.lane == OURS:
            hear_and_mark(listener, delivery)
        else:
            listener.hear(delivery.fact)
            mark_done(delivery)
    except LeaseLost:
        log.info("delivery %s went to another worker", delivery.pk)
    except Exception as error:
        put_back(delivery, error)


def put_back(delivery: Delivery, error: Exception) -> None:
    wait = timedelta(seconds=min(2**delivery.attempts, 3600))
    Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts).update(
        due_at=timezone.now() + wait,
        error=repr(error)[:500],
        parked_at=timezone.now() if delivery.attempts >= PATIENCE else None,
    )


class Worker(threading.Thread):
    """One lane, one thread: a hanging mail server delays mail and nothing else."""

    def __init__(self, lane: str) -> None:
        super().__init__(name=f"worker-{lane}", daemon=True)
        self.lane, self.woken = lane, threading.Event()
        AFTER_COMMIT.append(lambda heads: self.woken.set())

    def run(self) -> None:
        while True:
            self.woken.clear()
            claimed: list[Delivery] = []
            try:
                close_old_connections()
                claimed = claim(self.lane)
                for delivery in claimed:
                    carry_out(delivery)
            except Exception:
                log.exception("worker %s", self.lane)
            if not claimed and self.woken.wait(0.5):
                time.sleep(GATHER_SECONDS)  # let the request that woke us answer first, and take its neighbours along


def start_workers(run: Callable[[Worker], None] = Worker.start) -> list[Worker]:
    workers = [Worker(OURS), Worker(WORLD)]
    for worker in workers:
        run(worker)
    return workers
