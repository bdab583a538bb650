"""A small client that keeps lines open and asks over them, one request after another on each."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Request = Callable[[int], bytes]  # the bytes to send as the n-th request


@dataclass
class Load:
    """What one stretch of asking gave."""

    seconds: list[float] = field(default_factory=list)  # of each answer
    statuses: dict[int, int] = field(default_factory=dict)
    bytes_read: int = 0
    wall: float = 0.0

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


def get(port: int, path: str, *headers: str) -> Request:
    lines = [f"GET {path} HTTP/1.1", f"Host: localhost:{port}", "Accept-Encoding: gzip", *headers]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    return lambda _: request


def press(port: int, request: Request, *, connections: int, seconds: float) -> Load:
    return asyncio.run(pressed(port, request, connections, seconds))


async def pressed(port: int, request: Request, connections: int, seconds: float) -> Load:
    load, numbers = Load(), iter(range(10**9))
    began = time.perf_counter()

    async def line() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() - began < seconds:
            writer.write(request(next(numbers)))
            asked = time.perf_counter()
            status, size = await read_answer(reader)
            load.seconds.append(time.perf_counter() - asked)
            load.statuses[status] = load.statuses.get(status, 0) + 1
            load.bytes_read += size
        writer.close()

    await asyncio.gather(*(line() for _ in range(connections)))
    load.wall = time.perf_counter() - began
    return load


async def read_answer(reader: asyncio.StreamReader) -> tuple[int, int]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head[9:12])
    if status in (204, 304):
        return status, len(head)
    if b"content-length:" in head:
        length = int(head.split(b"content-length:")[1].split(b"\r\n", 1)[0])
        await reader.readexactly(length)
        return status, len(head) + length
    size = len(head)
    while chunk := int(await reader.readline(), 16):  # chunked
        await reader.readexactly(chunk + 2)
        size += chunk
    await reader.readexactly(2)
    return status, size
