from collections.abc import Iterator

import pytest

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
