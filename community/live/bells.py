"""A bell says that streams have new heads, and nothing else. It may be lost: the reader looks once a second anyway.

What else processes tell each other, who is here and who is writing, goes the same way and may be lost too.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from channels.layers import get_channel_layer

GROUP = "bells"
PATIENCE_SECONDS = 2
Hear = Callable[[dict[str, int]], None]
log = logging.getLogger(__name__)
_server: list[
    tuple[asyncio.AbstractEventLoop, Hear]
] = []  # at most one: the loop of this process and who listens on it
_lonely: list[asyncio.AbstractEventLoop] = []  # at most one: see below


_lonely_lock = threading.Lock()


def server_runs_on(loop: asyncio.AbstractEventLoop, hear: Hear) -> None:
    _server[:] = [(loop, hear)]


def ring(heads: dict[str, int]) -> None:
    """Tell this process by a call and the others through Redis. Called after the commit, so it never fails."""
    loop, hear = _server[0] if _server and not _server[0][0].is_closed() else (None, None)
    if loop and hear:
        loop.call_soon_threadsafe(hear, heads)
    tell_others({"type": "bell", "heads": heads}, loop=loop)


def tell_others(message: dict[str, Any], *, loop: asyncio.AbstractEventLoop | None = None) -> None:
    """Tell the other processes, where there may be any; never waits, never fails."""
    if get_channel_layer() is not None:
        asyncio.run_coroutine_threadsafe(_publish(message), loop or _loop_of_the_lonely())


def _loop_of_the_lonely() -> asyncio.AbstractEventLoop:
    """A process without a server (`manage.py work`) keeps one thread with a loop, so one connection to Redis."""
    with _lonely_lock:  # the worker's two lanes may ring at once
        if not _lonely:
            _lonely.append(asyncio.new_event_loop())
            threading.Thread(target=_lonely[0].run_forever, name="bells", daemon=True).start()
        return _lonely[0]


async def _publish(message: dict[str, Any]) -> None:
    try:
        await asyncio.wait_for(get_channel_layer().group_send(GROUP, message), PATIENCE_SECONDS)
    except Exception as error:
        log.warning("no bell was rung: %r", error)


async def listen(ears: Mapping[str, Callable[[Any], None]]) -> None:
    """Pass on what processes tell each other, for as long as the loop runs. This process hears its own words too.

    Params: ears, by the type of the message.

    No time limit stands around `receive()`: its cancellation would unsubscribe.
    """
    layer = get_channel_layer()
    while layer is not None:
        try:
            channel = await layer.new_channel()
            await layer.group_add(GROUP, channel)
            while True:
                message = await layer.receive(channel)
                if ear := ears.get(message["type"]):
                    ear(message)
        except Exception as error:
            log.warning("deaf to bells: %r", error)
            await asyncio.sleep(1)
