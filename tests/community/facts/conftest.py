import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connections

from community.facts.actions import AFTER_COMMIT, Tell
from community.facts.listeners import HEARS, LISTENERS


@pytest.fixture
def ears() -> Iterator[None]:
    """Who listens during one test is forgotten after it."""
    listeners, hears = dict(LISTENERS), {name: list(heard) for name, heard in HEARS.items()}

    yield

    LISTENERS.clear()
    LISTENERS.update(listeners)
    HEARS.clear()
    HEARS.update(hears)


@pytest.fixture
def bells() -> Iterator[list[Tell]]:
    """What is put into AFTER_COMMIT during one test is taken out after it."""
    before = list(AFTER_COMMIT)

    yield AFTER_COMMIT

    AFTER_COMMIT[:] = before


@pytest.fixture
def together() -> Callable[..., list[BaseException]]:
    """Calls functions at once, each in a thread with a connection of its own; returns what they raised."""

    def call_together(*functions: Callable[[], object]) -> list[BaseException]:
        raised: list[BaseException] = []
        start = threading.Barrier(len(functions))

        def call(function: Callable[[], object]) -> None:
            try:
                start.wait()
                function()
            except BaseException as error:
                raised.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=call, args=(function,)) for function in functions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return raised

    return call_together
