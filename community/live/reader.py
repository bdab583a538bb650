"""One reader a process: learns by bells, and by looking once a second, which streams have new heads."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, Protocol, TypeVar

from django.db import close_old_connections

from community.live.bells import listen, server_runs_on
from community.live.keep import heads_of

P = ParamSpec("P")
R = TypeVar("R")
LOOK_SECONDS = 0.75  # with the time a look takes, news is less than a second old
BLIND_AFTER_SECONDS = 2.0
log = logging.getLogger(__name__)
threads = ThreadPoolExecutor(2, thread_name_prefix="live-reads")


class Follower(Protocol):
    """Somebody who has to know the heads of some streams."""

    def streams(self) -> Collection[str]: ...

    def heads_moved(self, heads: dict[str, int]) -> None:
        """Called on the loop, with any streams, in any order, late and more than once."""


async def reading(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call `function` on one of the few threads that read for the loop, which keep their connections."""

    def read() -> R:
        close_old_connections()
        try:
            return function(*args, **kwargs)
        finally:
            close_old_connections()

    return await asyncio.get_running_loop().run_in_executor(threads, read)


class Reader:
    def __init__(self, heads_of: Callable[[Iterable[str]], dict[str, int]] = heads_of) -> None:
        self.heads_of = heads_of
        self.followers: list[Follower] = []
        self.looked_at = float("-inf")  # time.monotonic() when the last look that succeeded began
        self.tasks: list[asyncio.Task[None]] = []

    def is_blind(self) -> bool:
        return time.monotonic() - self.looked_at > BLIND_AFTER_SECONDS

    def ensure_running(self) -> None:
        """Called with each request, on the loop: no lock is needed."""
        loop = asyncio.get_running_loop()
        if self.tasks and not self.tasks[0].done() and self.tasks[0].get_loop() is loop:
            return
        server_runs_on(loop, self.heard)
        self.tasks = [loop.create_task(self.keep_looking()), loop.create_task(listen(self.heard))]

    def heard(self, heads: dict[str, int]) -> None:
        for follower in self.followers:
            follower.heads_moved(heads)

    async def keep_looking(self) -> None:
        while True:
            started = time.monotonic()
            try:
                await self.look()
            except Exception as error:
                log.warning("the reader is blind: %r", error)
            await asyncio.sleep(max(0.05, started + LOOK_SECONDS - time.monotonic()))

    async def look(self) -> None:
        started = time.monotonic()
        streams = {stream for follower in self.followers for stream in follower.streams()}
        if streams:
            self.heard(await reading(self.heads_of, streams))
        self.looked_at = started


reader = Reader()
