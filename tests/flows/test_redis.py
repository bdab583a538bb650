"""Redis dies and comes back: pages go on, and learn by the poll what no bell told them."""

import asyncio
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.community.facts.site import free_port, listens_at, wait_until
from tests.flows.open_page import OpenPage
from tests.flows.place import Place
from tests.flows.writers import Board
from tests.once import DATABASE_URL

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(shutil.which("redis-server") is None, reason="no redis-server on this machine"),
]


class Redis:
    def __init__(self) -> None:
        self.port = free_port()

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_until(lambda: listens_at(self.port))

    def die(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis() -> Iterator[Redis]:
    redis = Redis()
    redis.start()
    yield redis
    redis.die()


@pytest.fixture
def place(tmp_path: Path, redis: Redis) -> Iterator[Place]:
    place = Place(tmp_path, REDIS_URL=f"redis://127.0.0.1:{redis.port}/0")
    yield place.begin()
    place.close()


async def test_without_redis_posting_goes_on_and_open_pages_hear_within_two_seconds(place: Place, redis: Redis) -> None:
    thread = place.found["threads"]["said"]
    path = f"/threads/{thread}/{place.found['slugs']['said']}/"
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as http:
        pages = [OpenPage(http, [port], path, headers=place.headers()) for port in place.site.ports * 3]
        tasks = [asyncio.create_task(page.stay_open()) for page in pages]
        board = Board(place, http, thread)
        await asyncio.sleep(1)
        delays: dict[str, list[float]] = {}
        for phase in ("up", "down", "back"):
            if phase == "down":
                redis.die()
            if phase == "back":
                await asyncio.to_thread(redis.start)
                await asyncio.sleep(2.5)
            delays[phase] = [await seen_after(board, place, pages, f"{phase} {number}") for number in range(6)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    assert board.done["answer"] == 18
    assert sum(page.counts["closed"] for page in pages) == 0
    assert max(delays["down"]) < 3
    if DATABASE_URL:  # two processes: the bell between them rings again
        assert sorted(delays["back"])[3] < 0.6


async def seen_after(board: Board, place: Place, pages: list[Any], body: str) -> float:
    """Seconds from the answer to the author until every page shows it."""
    await board.write("answer", "cai", body)
    began = time.monotonic()
    head = place.write("head", f"thread:{board.thread}")
    behind = pages
    async with asyncio.timeout(10):
        while behind:
            await asyncio.sleep(0.01)
            behind = [page for page in behind if page.shared.last < head]
    return time.monotonic() - began
