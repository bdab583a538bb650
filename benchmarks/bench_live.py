"""From a commit to every open page: the site's sockets, a bare `websockets` broadcast, and the usual consumer.

Run: make bench-live (QUICK=1 for one short round). All three in turns, on one thread of readers, with the same
payload: as many bytes as ours writes for one new reply. Redis is in the path; its own server is started where REDIS_URL
names none.

Each turn has four parts. At a steady rate: times, and what is lost. Steadily with one more socket that reads nothing
and has a third of a megabyte waiting: what that does to the others. One after another, each as soon as the last one is
everywhere: CPU a delivery and deliveries a second; ours with all that a commit costs, reading and rendering too. The
same to the few that stay when the others have left, so that what a commit costs however many hear of it (`fixed ms`) is
told apart from what each socket more costs (`socket us`). The others have no commit: theirs is to take the message in.
"""

import asyncio
import json
import os
import shutil
import socket
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
FEW = 5  # sockets, that show what a commit costs by itself
DEAF_TIMES, DEAF_POSTS = 8, 25  # so often, so many posts are asked for by the one that does not read
ORIGIN = "http://localhost:8000"


@dataclass
class Contender:
    name: str
    server: Server
    cpu_us: list[float] = field(default_factory=list)  # of the server, a delivery
    rate: list[float] = field(default_factory=list)  # deliveries a second
    last_ms: list[float] = field(default_factory=list)  # until the last socket has it
    all_ms: list[float] = field(default_factory=list)  # until each socket has it
    fixed_ms: list[float] = field(default_factory=list)  # CPU of the server, a commit, whoever hears of it
    socket_us: list[float] = field(default_factory=list)  # CPU of the server, for each socket more
    beside_slow_ms: list[float] = field(default_factory=list)  # the same, beside one that does not read
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
        await asyncio.gather(*[self.open() for _ in range(FEW)])  # what the first ones load is not theirs
        before = self.contender.server.measured.memory_info().rss
        for begin in range(FEW, self.size, 25):
            await asyncio.gather(*[self.open() for _ in range(begin, min(begin + 25, self.size))])
        grown = self.contender.server.measured.memory_info().rss - before
        self.contender.kb_socket.append(grown / self.size / 1024)
        self.tasks = [asyncio.create_task(self.listen(socket)) for socket in self.sockets]
        await asyncio.sleep(1.2)  # what came while they entered

    async def open(self) -> None:
        opened = await websockets.connect(
            f"ws://localhost:{self.contender.server.port}/live/", origin=ORIGIN, compression=None,
            ping_interval=None, max_size=None, open_timeout=60,
        )  # fmt: skip
        if self.greeting:
            await opened.send(self.greeting)
            await opened.recv()
        self.sockets.append(opened)

    async def listen(self, opened: Any) -> None:
        async for message in opened:
            if '"after"' in message[:60]:
                self.heard.append(time.perf_counter())
                if len(self.heard) == self.size:
                    self.complete.set()

    def forget(self) -> None:
        self.heard.clear()
        self.complete.clear()

    async def leave(self, *, but: int = 0) -> None:
        tasks, sockets = self.tasks[but:], self.sockets[but:]
        del self.tasks[but:], self.sockets[but:]
        self.size = but
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*[socket.close() for socket in sockets])
        await asyncio.sleep(0.5)


async def run(contender: Contender, size: int, greeting: str | None, publish: Any, backlog: str | None = None) -> None:
    """Params: backlog, what the one that does not read asks for, again and again; None where there is none."""
    crowd = Crowd(contender, size, greeting)
    await crowd.enter()
    await publish()
    await asyncio.sleep(0.5)
    await steadily(crowd, publish, contender.all_ms, contender.last_ms)
    cpu, seconds, delivered = await in_a_row(crowd, publish)
    contender.rate.append(delivered / seconds)
    contender.cpu_us.append(cpu / max(1, delivered) * 1e6)
    if backlog:
        deaf = await one_that_does_not_read(contender, backlog)
        await steadily(crowd, publish, contender.beside_slow_ms, [])
        deaf.close()
    await crowd.leave(but=FEW)
    cpu_of_few, _, _ = await in_a_row(crowd, publish)
    of_each = (cpu - cpu_of_few) / POSTS / (size - FEW)
    contender.socket_us.append(of_each * 1e6)
    contender.fixed_ms.append((cpu_of_few / POSTS - of_each * FEW) * 1000)
    await crowd.leave()


async def steadily(crowd: Crowd, publish: Any, all_ms: list[float], last_ms: list[float]) -> None:
    for _ in range(POSTS):
        heard, began = await once(crowd, publish)
        last_ms.append((max(heard, default=began) - began) * 1000)
        all_ms += [(each - began) * 1000 for each in heard]
        await asyncio.sleep(PAUSE_SECONDS)


async def in_a_row(crowd: Crowd, publish: Any) -> tuple[float, float, int]:
    """Seconds of the server's CPU, seconds, and deliveries."""
    cpu, began, delivered = crowd.contender.server.cpu(), time.perf_counter(), 0
    for _ in range(POSTS):
        delivered += len((await once(crowd, publish))[0])
    return crowd.contender.server.cpu() - cpu, time.perf_counter() - began, delivered


async def once(crowd: Crowd, publish: Any) -> tuple[list[float], float]:
    """Publish, and wait until all have it. When each heard it, and when it began."""
    crowd.forget()
    began = await publish()
    try:
        await asyncio.wait_for(crowd.complete.wait(), 20)
    except TimeoutError:
        crowd.contender.lost += crowd.size - len(crowd.heard)
    return list(crowd.heard), began


async def one_that_does_not_read(contender: Contender, backlog: str) -> Any:
    """A socket whose window is full, with more waiting for it in the server, and less than it is cut off for."""
    deaf = socket.socket()
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    deaf.connect(("127.0.0.1", contender.server.port))
    deaf.setblocking(False)
    line = await websockets.connect(
        f"ws://localhost:{contender.server.port}/live/", origin=ORIGIN, compression=None, ping_interval=None,
        sock=deaf, max_size=None, max_queue=1, open_timeout=60,
    )  # fmt: skip
    line.transport.pause_reading()
    for _ in range(DEAF_TIMES):
        await line.send(backlog)
    await asyncio.sleep(1)
    return line.transport


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
    backlog = json.dumps({"do": "subscribe", "stream": stream, "language": "en", "since": max(0, head - DEAF_POSTS)})
    said = {"stream": stream, "after": head, "head": head + 1, "things": ""}
    payload = json.dumps(said | {"things": "x" * (found["bytes"] - len(json.dumps(said)))})
    for _ in range(ROUNDS):
        await run(ours, size, greeting, commit, backlog)
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
    servers: list[Server] = []
    figures: dict[str, float] = {}
    try:
        for size in SOCKETS:  # each time from the start: memory that was used before is not asked for again
            house = Server("manage.py", "serve", "--port", "PORT", "--no-worker", **limits)
            house.call("manage.py", "migrate", "--verbosity", "0")
            found = json.loads(house.call("-m", "benchmarks.writer", "begin").splitlines()[-1])
            servers.append(house.start())
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
    print(
        f"{'what':<12}{'CPU us':>9}{'per CPU s':>11}{'fixed ms':>10}{'socket us':>11}"
        f"{'per s':>8}{'last ms':>9}{'p99 ms':>9}{'KB':>7}{'lost':>6}"
    )
    for each in (ours, *others):
        print(
            f"{each.name:<12}{median(each.cpu_us):>9.1f}{1e6 / median(each.cpu_us):>11.0f}"
            f"{median(each.fixed_ms):>10.2f}{median(each.socket_us):>11.1f}{median(each.rate):>8.0f}"
            f"{median(each.last_ms):>9.1f}{p99(each.all_ms):>9.1f}{max(each.kb_socket):>7.1f}{each.lost:>6}"
        )
    bare = others[0]
    cpu = median(bare.cpu_us) / median(ours.cpu_us)
    usual = median(others[1].cpu_us) / median(ours.cpu_us) if len(others) > 1 else 0.0
    last = median(ours.last_ms) / median(bare.last_ms)
    slow = p99(ours.beside_slow_ms) / p99(ours.all_ms)
    goal("CPU a delivery, as a multiple of bare", 1 / cpu, 1)
    goal("CPU a delivery, as a share of the usual consumer's", 1 / usual if usual else 1, 1 / 25)
    goal("time to the last socket, as a multiple of bare", last, 1.5)
    goal("memory a socket, as a multiple of bare", max(ours.kb_socket) / max(bare.kb_socket), 2)
    goal("lost", ours.lost, 0)
    goal("p99 from commit to page", p99(ours.all_ms), 500 if size <= 200 else 1000, " ms")
    goal("p99 beside one that does not read, as a multiple of without", slow, 1.5)
    return {
        "fixed_ms": median(ours.fixed_ms), "socket_us": median(ours.socket_us),
        "cpu_vs_bare": cpu, "times_usual": usual, "last_ms_vs_bare": last, "kb_socket": max(ours.kb_socket),
        "lost": ours.lost, "p99_ms": p99(ours.all_ms), "slow_p99_times": slow,
    }  # fmt: skip


def p99(milliseconds: list[float]) -> float:
    return sorted(milliseconds)[int(len(milliseconds) * 0.99)] if milliseconds else float("nan")


if __name__ == "__main__":
    main()
