from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.webinars.desk import organiser


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    cache.clear()
    with time_machine.travel(datetime(2026, 11, 26, tzinfo=UTC)):
        yield


@pytest.fixture
def bo() -> Client:
    return organiser()
