"""Bells between processes. Only where there is a Redis."""

import asyncio
import os
import sys
from collections.abc import Callable

import pytest
from channels.layers import get_channel_layer

from community.live.bells import listen, ring, server_runs_on

pytestmark = [pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="needs REDIS_URL")]
RING = """
import time, django
django.setup()
from community.live.bells import ring
ring({"thread:1": 9})
time.sleep(1)
"""


async def soon(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - another process sets it
            await asyncio.sleep(0.02)


async def test_a_bell_of_another_process_is_heard() -> None:
    heard: list[dict[str, int]] = []
    listening = asyncio.create_task(listen({"bell": lambda message: heard.append(message["heads"])}))
    await asyncio.sleep(0.3)

    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "community.settings"}
    other = await asyncio.create_subprocess_exec(sys.executable, "-c", RING, env=environment)

    await soon(lambda: heard)
    assert heard == [{"thread:1": 9}]
    await other.wait()
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await get_channel_layer().flush()


async def test_our_own_bell_is_heard_though_redis_is_dead(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    class Dead:
        async def group_send(self, *_: object) -> None:
            raise ConnectionError("Redis is gone")

    heard: list[dict[str, int]] = []
    monkeypatch.setattr("community.live.bells.get_channel_layer", Dead)
    server_runs_on(asyncio.get_running_loop(), heard.append)

    await asyncio.to_thread(ring, {"thread:1": 9})
    await asyncio.sleep(0.05)

    assert heard == [{"thread:1": 9}]
