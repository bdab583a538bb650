"""A socket's other end, in a few words."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import websockets

from tests.flows.place import Place


class Wire:
    def __init__(self, socket: Any) -> None:
        self.socket = socket

    async def say(self, **message: Any) -> None:
        await self.socket.send(json.dumps(message))

    async def hear(self, *, seconds: float = 20) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(await asyncio.wait_for(self.socket.recv(), seconds))
        return message

    async def hear_of(self, name: str, *, seconds: float = 20) -> dict[str, Any]:
        """The next frame that has this word, whatever comes before it."""
        async with asyncio.timeout(seconds):
            while name not in (frame := await self.hear(seconds=seconds)):
                pass
        return frame

    async def hears_nothing(self, *, seconds: float) -> bool:
        return await self.hears_nothing_of("", seconds=seconds)

    async def hears_nothing_of(self, name: str, *, seconds: float) -> bool:
        """Nothing with this word, or nothing at all; heartbeats apart."""
        try:
            async with asyncio.timeout(seconds):
                while "heads" in (frame := await self.hear()) or (name and name not in frame):
                    pass
        except TimeoutError:
            return True
        return False

    async def subscribe(self, stream: str, since: int | None = None, language: str = "en") -> dict[str, Any]:
        await self.say(do="subscribe", stream=stream, since=since, language=language)
        return await self.hear()

    async def ending(self, *, seconds: float = 20) -> tuple[int, str]:
        """The code and the reason with which it is closed, after whatever comes before."""
        async with asyncio.timeout(seconds):
            try:
                while True:
                    await self.socket.recv()
            except websockets.ConnectionClosed as closed:
                assert closed.rcvd
                return closed.rcvd.code, closed.rcvd.reason


@asynccontextmanager
async def wire(place: Place, handle: str | None = None, *, port: int = 0, **options: Any) -> AsyncIterator[Wire]:
    settings = {"compression": None, "ping_interval": None, "max_size": None, **options}
    headers = settings.pop("headers", place.headers(handle))
    address = place.socket_address(port)
    async with websockets.connect(address, additional_headers=headers, **settings) as socket:
        yield Wire(socket)
