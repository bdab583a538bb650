"""Only actions write. What they record is numbered last, and told after the commit."""

import functools
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from community.facts.listeners import HEARS, fact_name
from community.facts.models import Delivery, Fact, StreamEntry
from community.facts.tracing import request_id
from community.facts.turns import writers_turn

P = ParamSpec("P")
R = TypeVar("R")
TRIES = 3
Tell = Callable[[dict[str, int]], None]
AFTER_COMMIT: list[Tell] = []  # functions of {stream: head}; live and the worker put theirs here
_here = threading.local()


class Recorded:
    """A fact waiting for its number. It waits among Django's on_commit calls,
    because Django takes those away when the savepoint they belong to rolls back."""

    def __init__(self, fact: Any, streams: Iterable[str], actor_id: int | None, due_at: datetime | None) -> None:
        self.streams = sorted(set(streams))
        self.due_at = due_at or timezone.now()
        self.row = Fact(name=fact_name(type(fact)), ids=asdict(fact), actor_id=actor_id, request_id=request_id())

    def __call__(self) -> None:
        """Nothing is left to do after the commit: the fact was stored before it."""


def record(
    fact: Any, *, streams: Iterable[str] = (), actor_id: int | None = None, due_at: datetime | None = None
) -> None:
    """Say that something happened; it is stored with the action that says it, or not at all.

    Params: fact, a frozen dataclass of plain ids; streams, the names of those it is numbered on;
    due_at, when its listeners may hear it at the earliest: a reminder is a fact recorded for later.
    Raises: RuntimeError outside an action.
    """
    if not getattr(_here, "in_action", False):
        raise RuntimeError("record() belongs inside an @action")
    transaction.on_commit(Recorded(fact, streams, actor_id, due_at))


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make `function` a write: one transaction, what it recorded numbered as its last act.

    An action called inside another joins it. The outermost is tried again, three times in all,
    where it lost a race for a lock: so an action does nothing outside the database.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if getattr(_here, "in_action", False):
            with transaction.atomic():
                return function(*args, **kwargs)
        for tries_left in reversed(range(TRIES)):
            try:
                return _outermost(function, *args, **kwargs)
            except OperationalError as error:
                if not tries_left or not _passes(error):
                    raise
                time.sleep(random.uniform(0.01, 0.1))
        raise AssertionError("unreachable")

    return run


def _passes(error: OperationalError) -> bool:
    """Lost a race, and would probably win the next one: SQLite's lock, PostgreSQL's deadlock or serialization."""
    return "database is locked" in str(error) or getattr(error.__cause__, "sqlstate", "") in ("40P01", "40001")


def _outermost(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    _here.in_action = True
    try:
        with writers_turn(), transaction.atomic(durable=True):
            waiting = len(connection.run_on_commit)  # not empty inside a TestCase
            result = function(*args, **kwargs)
            recorded = [entry[1] for entry in connection.run_on_commit[waiting:] if isinstance(entry[1], Recorded)]
            if recorded:
                tell_after_commit(_store(recorded))
        return result
    finally:
        _here.in_action = False


def tell_after_commit(heads: dict[str, int]) -> None:
    """Whatever becomes of its bells, the action is done: what they raise is logged."""
    for tell in AFTER_COMMIT:
        transaction.on_commit(_telling(tell, heads), robust=True)


def _telling(tell: Tell, heads: dict[str, int]) -> Callable[[], None]:
    def tell_heads() -> None:  # a partial has no name, and Django's log asks for one
        tell(heads)

    return tell_heads


def _store(recorded: list[Recorded]) -> dict[str, int]:
    Fact.objects.bulk_create([item.row for item in recorded])
    Delivery.objects.bulk_create(
        [
            Delivery(fact=item.row, listener=listener.name, lane=listener.lane, due_at=item.due_at)
            for item in recorded
            for listener in HEARS[item.row.name]
        ]
    )
    heads = _take_numbers(Counter(stream for item in recorded for stream in item.streams))
    following, entries = dict(heads), []
    for item in reversed(recorded):
        for stream in item.streams:
            entries.append(StreamEntry(stream=stream, seq=following[stream], fact=item.row))
            following[stream] -= 1
    StreamEntry.objects.bulk_create(reversed(entries))
    return heads


def _take_numbers(counts: Counter[str]) -> dict[str, int]:
    """The last locks of the action, in order of name: two actions can wait for each other, never in a ring."""
    heads = {}
    with connection.cursor() as cursor:
        for stream in sorted(counts):
            cursor.execute(
                "INSERT INTO facts_stream (name, head) VALUES (%s, %s) "
                "ON CONFLICT (name) DO UPDATE SET head = facts_stream.head + excluded.head RETURNING head",
                [stream, counts[stream]],
            )
            heads[stream] = cursor.fetchone()[0]
    return heads
