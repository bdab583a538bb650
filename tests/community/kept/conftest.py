import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any

import pytest

from community.kept.front import KeptPages
from community.kept.pages import Shelf
from community.live.keep import KEPT
from community.live.reader import Reader


class Wall:
    """Stands in for Django and its database: every address shows what is written, and says what it is made from."""

    def __init__(self) -> None:
        self.text, self.heads, self.asked = "one", {"site": 1, "thread:1": 1}, 0
        self.status, self.extra, self.is_down = 200, [], False
        self.open = asyncio.Event()
        self.open.set()
        self.scopes: list[Any] = []
        self.until = None

    def heads_of(self, streams: Iterable[str]) -> dict[str, int]:
        if self.is_down:
            raise ConnectionError("the database is gone")
        return {stream: self.heads.get(stream, 0) for stream in streams}

    def write(self, text: str) -> None:
        self.text = text
        self.heads["thread:1"] += 1

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        self.scopes.append(scope)
        if KEPT in scope:
            scope[KEPT].heads.update(self.heads)
            scope[KEPT].until = self.until
        said = f"{self.text} {scope['path']} ".encode() + b"." * 1000
        await self.open.wait()
        headers = [(b"Content-Type", b"text/html"), (b"X-Request-ID", b"of-one"), *self.extra]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": said})


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
async def kept(wall: Wall) -> AsyncIterator[KeptPages]:
    reader = Reader(wall.heads_of)
    front = KeptPages(wall, reader=reader, shelf=Shelf(most_bytes=30_000, most_streams=5))
    await reader.look()

    yield front

    for task in reader.tasks:
        task.cancel()
