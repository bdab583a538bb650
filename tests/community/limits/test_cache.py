import socket
import time

import pytest

from community.limits import cache as module
from community.limits.cache import ForgivingRedisCache

PARAMS = {"OPTIONS": {"socket_timeout": 0.3, "socket_connect_timeout": 0.3}}


@pytest.fixture(autouse=True)
def fresh():
    module._retry_at = 0.0
    ForgivingRedisCache("redis://127.0.0.1:1/0", dict(PARAMS)).meanwhile.clear()
    yield
    module._retry_at = 0.0


@pytest.fixture
def closed_port():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return unused.getsockname()[1]


@pytest.fixture
def silent_port():
    """Somebody who takes the call and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        yield listener.getsockname()[1]


def cache_at(port):
    return ForgivingRedisCache(f"redis://127.0.0.1:{port}/0", dict(PARAMS))


def test_a_dead_redis_reads_as_empty(closed_port):
    cache = cache_at(closed_port)

    assert cache.get("anything", "nothing") == "nothing"
    assert cache.get_many(["one", "two"]) == {}
    assert not cache.has_key("anything")


def test_while_redis_is_dead_each_process_counts_for_itself(closed_port):
    one, other_thread = cache_at(closed_port), cache_at(closed_port)

    one.add("tries", 0, timeout=60)
    counts = [one.incr("tries"), other_thread.incr("tries")]

    assert counts == [1, 2]


def test_a_silent_redis_costs_one_timeout_and_then_is_left_alone(silent_port):
    cache = cache_at(silent_port)

    started = time.monotonic()
    for _ in range(20):
        cache.set("page", "text")
    elapsed = time.monotonic() - started

    assert elapsed < 1.0
    assert cache.get("page") == "text"


def test_a_missing_counter_is_an_error_of_the_caller_as_with_redis(closed_port):
    with pytest.raises(ValueError):
        cache_at(closed_port).incr("never-set")
