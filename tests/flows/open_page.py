"""An open page without a browser: what the page's scripts do, in Python."""

import asyncio
import json
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import websockets

SLOT = re.compile(
    r'<div class="slot [^"]*" data-slot="(\d+)" data-place="([^"]+)"( data-apart)?>(.*?</article>)\s*</div>', re.S
)
HEAD = re.compile(r'<header class="thread-head" id="(head-\d+)".*?</header>', re.S)
ROW = re.compile(r'<li(?: class="unread")? id="(thread-\d+)" data-place="([^"]+)">.*?</li>', re.S)
WHERE = re.compile(r'data-stream="([^"]+)" data-seq="(\d+)"(?: data-member-seq="(\d+)")?')
TIME = re.compile(r"(<time [^>]*>)[^<]*(</time>)")
READERS_OWN = re.compile(r' class="unread"|<span class="new">.*?</span>|href="[^"]*/threads/\d+/[^"]*"')
Shown = tuple[str, str]  # a place and a fragment


@dataclass
class Stand:
    """How far the page has come on one stream, and what it shows of it."""

    last: int
    things: dict[str, Shown] = field(default_factory=dict)


class OpenPage:
    """Params: path, of a thread or a forum; cuts, whether its line is cut at random; minds_gaps, whether it notices
    what was lost, and fetches it."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        ports: list[int],
        path: str,
        *,
        headers: dict[str, str],
        member: int | None = None,
        language: str = "en",
        cuts: bool = False,
        minds_gaps: bool = True,
    ) -> None:
        self.http, self.ports, self.path, self.headers, self.member = http, ports, path, headers, member
        self.language, self.cuts, self.minds_gaps = language, cuts, minds_gaps
        self.prefix = "" if language == "en" else f"/{language}"
        self.shared, self.own = Stand(0), Stand(0)
        self.stream = ""
        self.gone = False
        self.is_open = asyncio.Event()  # it was there once: before that there is nothing to recover
        self.counts: Counter[str] = Counter()

    # --- What it shows ---

    @property
    def things(self) -> dict[str, Shown]:
        return {**self.shared.things, **self.own.things}

    def in_order(self) -> list[tuple[str, str]]:
        """What the reader sees: ids and fragments, without the zone and what is her own."""
        shown = sorted((place, name, html) for name, (place, html) in self.things.items())
        return [(name, plain(html)) for _, name, html in shown]

    # --- HTTP ---

    async def get(self, path: str) -> tuple[int, str]:
        address = f"http://localhost:{random.choice(self.ports)}{self.prefix}{path}"
        cookie = {name: value for name, value in self.headers.items() if name == "Cookie"}
        async with self.http.get(address, headers=cookie) as answer:
            return answer.status, await answer.text()

    async def load(self) -> None:
        self.counts["loads"] += 1
        status, text = await self.get(self.path)
        if status == 404:
            self.gone, self.shared, self.own = True, Stand(0), Stand(0)
            return
        assert status == 200, (status, text[:500])
        found = WHERE.search(text)
        assert found, text[:2000]
        self.stream = found[1]
        self.shared = Stand(int(found[2]), things_of(text))
        self.own = Stand(int(found[3] or 0), things_apart(text))

    async def fetch(self) -> None:
        self.counts["fetches"] += 1
        folder = self.path if self.path.startswith("/forums/") else self.path.rsplit("/", 2)[0] + "/"
        status, text = await self.get(f"{folder}changes?since={self.shared.last}")
        if status == 200:
            await self.heed(json.loads(text))

    # --- The socket ---

    async def heed(self, frame: dict[str, Any]) -> list[str]:
        """The streams to which it has to subscribe again."""
        if "gone" in frame:
            self.gone, self.shared.things = True, {}
        elif "reset" in frame:
            await self.load()
            return [] if self.gone else self.streams
        elif "heads" in frame:
            if frame["heads"].get(self.stream, 0) > self.shared.last:
                await self.fetch()
            return [own for own in self.streams[1:] if frame["heads"].get(own, 0) > self.own.last]
        elif "stream" in frame:
            return await self.apply(frame)
        return []

    async def apply(self, frame: dict[str, Any]) -> list[str]:
        stand = self.shared if frame["stream"] == self.stream else self.own
        if frame["head"] <= stand.last:
            self.counts["ignored"] += 1
        elif frame["after"] <= stand.last or not self.minds_gaps:
            for thing in frame["things"]:
                self.put(stand, thing)
            stand.last = frame["head"]
            self.counts["frames"] += 1
        elif stand is self.shared:
            await self.fetch()
        else:
            return [frame["stream"]]
        return []

    def put(self, stand: Stand, thing: dict[str, Any]) -> None:
        if stand is self.own and thing.get("data", {}).get("on") != self.stream:
            return
        if stand is self.shared and thing["id"] in self.own.things:
            self.own.things[thing["id"]] = thing["place"], self.own.things[thing["id"]][1]
        if thing["html"] is None:
            stand.things.pop(thing["id"], None)
        else:
            stand.things[thing["id"]] = thing["place"], thing["html"]

    async def stay_open(self) -> None:
        await self.load()
        self.is_open.set()
        while True:
            try:
                await self.talk()
            except (OSError, websockets.WebSocketException, TimeoutError, aiohttp.ClientError):
                self.counts["closed"] += 1
            await asyncio.sleep(random.uniform(0.02, 0.5))

    async def talk(self) -> None:
        address = f"ws://localhost:{random.choice(self.ports)}/live/"
        async with websockets.connect(
            address,
            additional_headers=self.headers,
            ping_interval=None,
            max_size=None,
            open_timeout=20,
            compression=None,
        ) as socket:
            loop = asyncio.get_running_loop()
            cut = loop.call_later(random.uniform(0.1, 2.5), self.cut, socket)
            try:
                await self.subscribe(socket, self.streams)
                async for message in socket:
                    await self.subscribe(socket, await self.heed(json.loads(message)))
            finally:
                cut.cancel()

    def cut(self, socket: Any) -> None:
        if self.cuts:
            self.counts["cuts"] += 1
            socket.transport.abort()

    @property
    def streams(self) -> list[str]:
        """Of the page, and in a thread of the member's own."""
        own = [f"member:{self.member}"] if self.member is not None and self.stream.startswith("thread:") else []
        return [self.stream, *own]

    async def subscribe(self, socket: Any, streams: list[str]) -> None:
        for stream in streams:
            since = (self.shared if stream == self.stream else self.own).last
            said = {"do": "subscribe", "stream": stream, "since": since, "language": self.language}
            await socket.send(json.dumps(said))


def things_of(page: str) -> dict[str, Shown]:
    things = {f"post-{found[1]}": (found[2], found[4]) for found in SLOT.finditer(page) if not found[3]}
    things |= {found[1]: (found[2], found[0]) for found in ROW.finditer(page)}
    return things | {found[1]: ("", found[0]) for found in HEAD.finditer(page)}


def things_apart(page: str) -> dict[str, Shown]:
    return {f"post-{found[1]}": (found[2], found[4]) for found in SLOT.finditer(page) if found[3]}


def plain(html: str) -> str:
    """Without the zone, and without what is the reader's own."""
    return READERS_OWN.sub("", TIME.sub(r"\1\2", html)).strip()
