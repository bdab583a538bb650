"""Whose turn it is to write, inside one process."""

import threading
from contextlib import AbstractContextManager, nullcontext

from django.db import connection

_lock = threading.Lock()


def writers_turn() -> AbstractContextManager[object]:
    """SQLite has one writer and its waiting is a lottery: inside one process a lock makes it a queue."""
    return _lock if connection.vendor == "sqlite" else nullcontext()
