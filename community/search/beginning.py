"""An index where none answers: at the first start, with another engine, after an upgrade that keeps documents anew."""

import logging
import threading
import time

from django.conf import settings
from django.db import connections

from community.search.engine import EngineUnavailable
from community.search.generations import AlreadyBuilding, rebuild
from community.search.standing import is_answering

PAUSE_SECONDS = 60.0  # between two tries, where the engine is away
log = logging.getLogger(__name__)


def make_index_in_background() -> None:
    """For a process that carries deliveries, in production: the demonstration is prepared before it starts."""
    if not settings.DEMONSTRATION:
        threading.Thread(target=_make_index_and_leave, name="search-index", daemon=True).start()


def _make_index_and_leave() -> None:
    try:
        make_index()
    finally:
        connections.close_all()


def make_index() -> None:
    """Until one answers. Of several processes one makes it."""
    while not is_answering():
        try:
            rebuild()
        except (AlreadyBuilding, EngineUnavailable) as error:
            log.warning("search: no index could be made yet: %r", error)
            time.sleep(PAUSE_SECONDS)
