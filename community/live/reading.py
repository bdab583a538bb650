"""The few threads that read the database for the loop. No socket holds a connection."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import close_old_connections

P = ParamSpec("P")
R = TypeVar("R")
_looking = ThreadPoolExecutor(2, thread_name_prefix="live-looks")
_entering = ThreadPoolExecutor(2, thread_name_prefix="live-doors")  # apart: after a restart everybody comes at once


async def reading(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call `function` on a thread that keeps its connection."""
    return await _on(_looking, lambda: function(*args, **kwargs))


async def reading_at_the_door(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The same, for one socket that waits: however many wait, the reader does not."""
    return await _on(_entering, lambda: function(*args, **kwargs))


async def _on(threads: ThreadPoolExecutor, call: Callable[[], R]) -> R:
    def read() -> R:
        close_old_connections()
        try:
            return call()
        finally:
            close_old_connections()

    return await asyncio.get_running_loop().run_in_executor(threads, read)
