"""Asks an ASGI application, as a server would."""

import asyncio
import gzip
from dataclasses import dataclass
from typing import Any

Application = Any


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        plain = gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body
        return plain.decode()


def scope_of(path: str, *, method: str = "GET", **headers: str) -> dict[str, Any]:
    """`accept_encoding="gzip"` becomes a header; a `?query` may follow the path."""
    path, _, query = path.partition("?")
    named = {"host": "localhost", **headers}
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "scheme": "http",
        "http_version": "1.1",
        "client": ["127.0.0.1", 4321],
        "server": ["127.0.0.1", 80],
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()],
    }


async def ask(application: Application, path: str, *, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
    """The whole answer. The client stays until it has it."""
    told: list[Any] = []
    asked = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        if not asked:
            await asyncio.get_running_loop().create_future()
        return asked.pop()

    async def send(message: Any) -> None:
        told.append(message)

    await application(scope_of(path, method=method, **headers), receive, send)
    named = {name.decode().lower(): value.decode("latin1") for name, value in told[0]["headers"]}
    return Answer(told[0]["status"], named, b"".join(message.get("body", b"") for message in told[1:]))
