"""Whether this process can do its work: each part asked at once, and given two seconds."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from community.facts.queries import last_heartbeat
from community.search.standing import standing

LIMIT_SECONDS = 2.0
HEARTBEAT = timedelta(seconds=30)
Check = Callable[[], str]


@dataclass(frozen=True)
class Answer:
    ready: bool
    says: str
    milliseconds: int


class NotReady(Exception):
    """What is missing, in words that tell a stranger nothing about the inside."""


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return connection.vendor


def layer() -> str:
    if not settings.REDIS_URL:
        return "in this process"
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=LIMIT_SECONDS) as server:
        server.ping()
    return "redis"


def search() -> str:
    """Which engine answers. It may be away: members are answered by the database then, and it catches up."""
    now = standing()
    if not now.is_healthy:
        raise NotReady("no index answers")
    return now.engine


def worker() -> str:
    seen = last_heartbeat()
    if seen is None or timezone.now() - seen > HEARTBEAT:
        raise NotReady("no worker seen within 30 seconds")
    return "seen"


def migrations() -> str:
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady(f"{len(waiting)} to apply")
    return "applied"


CHECKS: dict[str, Check] = {
    "database": database,
    "layer": layer,
    "search": search,
    "worker": worker,
    "migrations": migrations,
}
# A check that hangs keeps its thread; when all hang, the next question times out, and rightly.
_askers = ThreadPoolExecutor(2 * len(CHECKS), thread_name_prefix="readiness")


def answers(checks: dict[str, Check] = CHECKS) -> dict[str, Answer]:
    """All checks side by side: in all not longer than the limit of one."""
    asked_at = time.monotonic()
    asked = {name: _askers.submit(ask, check) for name, check in checks.items()}
    return {name: answer_of(future, asked_at) for name, future in asked.items()}


def ask(check: Check) -> tuple[str, float]:
    """What the check says, and when it said so."""
    try:
        return check(), time.monotonic()
    finally:
        connection.close()


def answer_of(future: Future[tuple[str, float]], asked_at: float) -> Answer:
    try:
        says, answered_at = future.result(timeout=max(0.0, asked_at + LIMIT_SECONDS - time.monotonic()))
        return Answer(True, says, milliseconds(answered_at - asked_at))
    except TimeoutError:
        lack = f"no answer within {LIMIT_SECONDS:g} s"
    except NotReady as error:
        lack = str(error)
    except Exception as error:
        lack = type(error).__name__  # its words may hold a password
    return Answer(False, lack, milliseconds(time.monotonic() - asked_at))


def milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
