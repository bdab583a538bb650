"""From a commit to every open page: the site's sockets, a bare `websockets` broadcast, and the usual consumer.

Run: make bench-live (QUICK=1 for one short round). All three in turns, on one thread of readers, with the same
payload: a frame of one new reply. Redis is in the path; its own server is started where REDIS_URL names none.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import websockets

from benchmarks.figures import QUICK, goal, last_line
from benchmarks.servers import Server, free_port

SOCKETS = (200,) if QUICK else (200, 1000)
ROUNDS, POSTS = (1, 15) if QUICK else (3, 30)
PAUSE_SECONDS = 0.25  # a steady rate: each is everywhere before the next
ORIGIN = "http://localhost:8000"


@dataclass
class Contender:
    name: str
    server: Server
    cpu_us: list[float] = field(default_factory=list)  # of the server, a delivery
    last_ms: list[float] = field(default_factory=list)  # until the last socket has it
    all_ms: list[float] = field(default_factory=list)  # until each socket has it
    kb_socket: list[float] = field(default_factory=list)
    lost: int = 0


class Crowd:
    """Many sockets, read by asyncio protocols on one thread; each counts the frames that come."""

    def __init__(self, contender: Contender, size: int, greeting: str | None) -> None:
        self.contender, self.size, self.greeting = contender, size, greeting
        self.sockets: list[Any] = []
        self.heard: list[float] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.complete = asyncio.Event()

    async def enter(self) -> None:
        await asyncio.gather(*[self.open() for _ in range(5)])  # what the first ones load is not theirs
        before = self.contender.server.measured.memory_info().rss
        for begin in range(5, self.size, 25):
            await asyncio.gather(*[self.open() for _ in range(begin, min(begin + 25, self.size))])
        grown = self.contender.server.measured.memory_info().rss - before
        self.contender.kb_socket.append(grown / self.size / 1024)
        self.tasks = [asyncio.create_task(self.listen(socket)) for socket in self.sockets]
        await asyncio.sleep(1.2)  # what came while they entered

    async def open(self) -> None:
        socket = await websockets.connect(
            f"ws://localhost:{self.contender.server.port}/live/", origin=ORIGIN, compression=None,
            ping_interval=None, max_size=None, open_timeout=60,
        )  # fmt: skip
        if self.greeting:
            await socket.send(self.greeting)
            await socket.recv()
        self.sockets.append(socket)

    async def listen(self, socket: Any) -> None:
        async for message in socket:
            if '"after"' in message[:60]:
                self.heard.append(time.perf_counter())
                if len(self.heard) == self.size:
                    self.complete.set()

    def forget(self) -> None:
        self.heard.clear()
        self.complete.clear()

    async def leave(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await asyncio.gather(*[socket.close() for socket in self.sockets])


async def run(contender: Contender, size: int, greeting: str | None, publish: Any) -> None:
    crowd = Crowd(contender, size, greeting)
    await crowd.enter()
    await publish()
    await asyncio.sleep(0.5)
    cpu = 0.0
    for _ in range(POSTS):
        crowd.forget()
        before = contender.server.cpu()
        began = await publish()
        try:
            await asyncio.wait_for(crowd.complete.wait(), 20)
        except TimeoutError:
            contender.lost += size - len(crowd.heard)
        contender.last_ms.append((max(crowd.heard, default=began) - began) * 1000)
        contender.all_ms += [(heard - began) * 1000 for heard in crowd.heard]
        await asyncio.sleep(PAUSE_SECONDS)
        cpu += contender.server.cpu() - before
    contender.cpu_us.append(cpu / POSTS / size * 1e6)
    await crowd.leave()
    await asyncio.sleep(0.5)


class Redis:
    def __init__(self) -> None:
        self.url, self.process = os.environ.get("REDIS_URL", ""), None
        if not self.url and shutil.which("redis-server"):
            port = free_port()
            command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
            self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            self.url = f"redis://127.0.0.1:{port}/0"
            time.sleep(0.5)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(10)


async def measure(house: Server, others: list[Contender], found: dict[str, Any], size: int) -> Contender:
    """The site's hand commits a reply in another process and rings by Redis; the others are given the same frame."""
    ours = Contender("frontline", house)
    stream = f"thread:{found['thread']}"
    hand = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.writer", env=house.environment,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert hand.stdin and hand.stdout

    async def commit() -> float:
        """The instant of the commit, as near as it can be told from here."""
        hand.stdin.write(b"\n")  # type: ignore[union-attr]
        return float((await hand.stdout.readline()).split()[0])  # type: ignore[union-attr]

    head = int((await hand.stdout.readline()).split()[0])
    greeting = json.dumps({"do": "subscribe", "stream": stream, "language": "en"})
    payload = json.dumps({"stream": stream, "after": head, "head": head + 1, "things": ["x" * found["bytes"]]})
    for _ in range(ROUNDS):
        await run(ours, size, greeting, commit)
        for other in others:
            async with websockets.connect(
                f"ws://localhost:{other.server.port}/", compression=None, ping_interval=None, max_size=None
            ) as publisher:
                reading = asyncio.create_task(drain(publisher))

                async def publish(publisher: Any = publisher) -> float:
                    began = time.perf_counter()
                    await publisher.send(payload)
                    return began

                await run(other, size, None, publish)
                reading.cancel()
    hand.stdin.close()
    await hand.wait()
    return ours


async def drain(socket: Any) -> None:
    async for _ in socket:
        pass


def main() -> None:
    redis = Redis()
    limits = {"LIVE_SOCKETS_AN_ADDRESS": "100000", "PUBLIC_ORIGIN": ORIGIN, "REDIS_URL": redis.url}
    house = Server("manage.py", "serve", "--port", "PORT", "--no-worker", **limits)
    house.call("manage.py", "migrate", "--verbosity", "0")
    found = json.loads(house.call("-m", "benchmarks.writer", "begin").splitlines()[-1])
    house.start()
    servers = [house]
    figures: dict[str, float] = {}
    try:
        for size in SOCKETS:
            others = [Contender(name, Server("-m", "benchmarks.sockets", name, "PORT", REDIS_URL=redis.url).start())
                      for name in (("bare", "usual") if redis.url else ("bare",))]  # fmt: skip
            servers += [other.server for other in others]
            ours = asyncio.run(measure(house, others, found, size))
            figures |= tell(size, ours, others)
    finally:
        for server in servers:
            server.stop()
        redis.stop()
    last_line("live", **figures)


def tell(size: int, ours: Contender, others: list[Contender]) -> dict[str, float]:
    print(f"{size} sockets, {ROUNDS} round(s) of {POSTS}, load average {os.getloadavg()[0]:.1f}")
    print(f"{'what':<12}{'CPU us':>9}{'per CPU s':>11}{'last ms':>9}{'p99 ms':>9}{'KB':>7}{'lost':>6}")
    for each in (ours, *others):
        print(
            f"{each.name:<12}{median(each.cpu_us):>9.1f}{1e6 / median(each.cpu_us):>11.0f}{median(each.last_ms):>9.1f}"
            f"{p99(each):>9.1f}{max(each.kb_socket):>7.1f}{each.lost:>6}"
        )
    bare = others[0]
    cpu = median(bare.cpu_us) / median(ours.cpu_us)
    usual = median(others[1].cpu_us) / median(ours.cpu_us) if len(others) > 1 else 0.0
    last = median(ours.last_ms) / median(bare.last_ms)
    goal("deliveries a CPU second, bare to ours", 1 / cpu, 1)
    goal("time to the last socket, as a multiple of bare", last, 1.5)
    goal("memory a socket, as a multiple of bare", max(ours.kb_socket) / max(bare.kb_socket), 2)
    goal("lost", ours.lost, 0)
    goal("p99 from commit to page", p99(ours), 500 if size <= 200 else 1000, " ms")
    return {
        "cpu_vs_bare": cpu, "times_usual": usual, "last_ms_vs_bare": last, "kb_socket": max(ours.kb_socket),
        "lost": ours.lost, "p99_ms": p99(ours),
    }  # fmt: skip


def p99(contender: Contender) -> float:
    times = sorted(contender.all_ms)
    return times[int(len(times) * 0.99)] if times else float("nan")


if __name__ == "__main__":
    main()
