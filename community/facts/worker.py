"""Carries facts to their listeners, at least once; into our own database exactly once."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from django.db import close_old_connections, connections

from community.facts.actions import AFTER_COMMIT, action
from community.facts.care import beat, clear_a_slice, forget_the_dead, stop_beating, worker_name
from community.facts.helper import Helper
from community.facts.leases import LeaseLost, claim, lease_of, mark_done, park, put_back, release
from community.facts.listeners import HEAVY, INDEX, LISTENERS, OURS, WORLD, Listener
from community.facts.models import Delivery
from community.facts.tracing import begin_trace
from community.facts.turns import writers_turn

BATCH = 20  # deliveries
BATCHES = {INDEX: 200}  # where another
PACE_SECONDS = {INDEX: 1.0}  # from one round to the next, where there is a pace
POLL_SECONDS, GATHER_SECONDS = 0.5, 0.1
BEAT_SECONDS, CLEAR_SECONDS = 5, 24 * 60 * 60
Call = Callable[[Callable[[], None]], None]
log = logging.getLogger(__name__)


def time_limit(lane: str) -> float:
    """Seconds that one delivery may take: whoever lets go of it does so long before another may take it."""
    return lease_of(lane).total_seconds() / 2


def claim_due(lane: str) -> list[Delivery]:
    """Into our database 20 at a time; others one at a time, or one listener's batch."""
    if lane == OURS:
        return claim(OURS, limit=BATCH)
    claimed = claim(lane, limit=1)
    for first in list(claimed):
        listener = LISTENERS.get(first.listener)
        if listener and listener.takes_many and first.attempts == 1:
            claimed += claim(lane, limit=BATCHES.get(lane, BATCH) - 1, first_tries_of=listener.name)
    return claimed


def shares(claimed: Iterable[Delivery]) -> Iterator[list[Delivery]]:
    """What is carried out together: the first tries of one `listen_many`; everything else by itself."""
    together: dict[str, list[Delivery]] = {}
    for delivery in claimed:
        listener = LISTENERS.get(delivery.listener)
        if listener and listener.takes_many and delivery.attempts == 1:
            together.setdefault(delivery.listener, []).append(delivery)
        else:
            yield [delivery]
    yield from together.values()


@action
def hear_and_mark(listener: Listener, deliveries: list[Delivery]) -> None:
    mark_done(deliveries)
    listener.hear(deliveries)


def carry_out(share: list[Delivery], *, call: Call) -> None:
    """Never raises for a listener's sake: what fails is put back with its error.

    Params: share, deliveries of one listener; call, by which a listener that speaks to the world is called.
    """
    listener = LISTENERS.get(share[0].listener)
    if listener is None:
        for delivery in share:
            park(delivery, reason="Nobody of this name listens.")
        return
    try:
        begin_trace(share[0].fact.request_id)
        if listener.lane == OURS:
            hear_and_mark(listener, share)
        else:
            call(partial(listener.hear, share))
            with writers_turn():
                mark_done(share)
    except LeaseLost:
        log.info("%s went to another worker", share)
    except Exception as error:
        log.warning("%s failed at %s", share, listener.name, exc_info=error)
        for delivery in share:
            put_back(delivery, error)
    finally:
        begin_trace("")


class Worker(threading.Thread):
    """One lane, one thread: a hanging mail server delays mail and nothing else, a large picture other files."""

    def __init__(self, lane: str) -> None:
        super().__init__(name=f"worker-{lane}", daemon=True)
        self.lane, self.woken, self.stopping = lane, threading.Event(), threading.Event()
        self.helper = Helper()
        self.known_as = worker_name(lane)
        self.beat_due = self.clear_due = 0.0  # by the monotonic clock

    def run(self) -> None:
        AFTER_COMMIT.append(self.wake)
        try:
            while not self.stopping.is_set():
                self.woken.clear()
                if self.safely(self.work_once):
                    self.stopping.wait(PACE_SECONDS.get(self.lane, 0))
                elif self.woken.wait(POLL_SECONDS):
                    # Let the request that woke us answer first, and take its neighbours along.
                    time.sleep(GATHER_SECONDS)
            self.safely(partial(stop_beating, self.known_as))
        finally:
            AFTER_COMMIT.remove(self.wake)
            self.helper.leave()
            connections.close_all()

    def wake(self, heads: dict[str, int]) -> None:
        self.woken.set()

    def stop(self) -> None:
        """It finishes the present delivery and gives back what it has not begun."""
        self.stopping.set()
        self.woken.set()

    def safely(self, step: Callable[[], object]) -> object:
        """A worker outlives its database's absence: False after a failure, which is logged."""
        try:
            close_old_connections()
            return step()
        except Exception:
            log.exception("worker %s", self.lane)
            return False

    def work_once(self) -> bool:
        """False if nothing was due."""
        self.look_after_itself()
        claimed = claim_due(self.lane)
        for share in shares(claimed):
            if self.stopping.is_set():
                for delivery in share:
                    release(delivery)
            else:
                carry_out(share, call=partial(self.helper.call, seconds=time_limit(self.lane)))
        return bool(claimed)

    def look_after_itself(self) -> None:
        now = time.monotonic()
        if now >= self.beat_due:
            beat(self.known_as)
            self.beat_due = now + BEAT_SECONDS
        if self.lane == OURS and now >= self.clear_due and not clear_a_slice():
            forget_the_dead()
            self.clear_due = now + CLEAR_SECONDS


def start_workers() -> list[Worker]:
    workers = [Worker(lane) for lane in (OURS, WORLD, INDEX, HEAVY)]
    for worker in workers:
        worker.start()
    return workers


def stop_workers(workers: list[Worker], *, seconds: float) -> None:
    """Waits so long for the present deliveries; what takes longer comes back by its lease."""
    for worker in workers:
        worker.stop()
    deadline = time.monotonic() + seconds
    for worker in workers:
        worker.join(max(0.0, deadline - time.monotonic()))


def work_off() -> int:
    """Carry out all that is due, here and now, until nothing is. Returns the number of deliveries."""
    count = 0
    while claimed := [due for lane in (OURS, WORLD, INDEX, HEAVY) for due in claim_due(lane)]:
        for share in shares(claimed):
            carry_out(share, call=lambda function: function())
        count += len(claimed)
    return count
