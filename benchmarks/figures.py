"""Rounds, medians, and how they are told."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from benchmarks.load import Load, Request, press
from benchmarks.servers import Server

QUICK = os.environ.get("QUICK", "") not in ("", "0")
ROUNDS, SECONDS = (1, 1.0) if QUICK else (3, 3.0)
SETTLED_SECONDS = 0.3  # after a stretch, so that what it left behind is not counted with the next


@dataclass
class Target:
    """Something to ask for, and what each round of asking gave."""

    name: str
    server: Server
    request: Request
    connections: int = 8
    expected: int = 200
    cpu_ms: list[float] = field(default_factory=list)  # of the server, a request
    rate: list[float] = field(default_factory=list)  # requests a second
    p50: list[float] = field(default_factory=list)
    p95: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)

    def run(self, seconds: float) -> Load:
        load = press(self.server.port, self.request, connections=self.connections, seconds=seconds)
        if set(load.statuses) != {self.expected}:
            raise SystemExit(f"{self.name}: {load.statuses} instead of {self.expected}\n{self.server.last_words()}")
        return load

    def measure(self, seconds: float) -> None:
        before = self.server.cpu()
        load = self.run(seconds)
        time.sleep(SETTLED_SECONDS)  # work that follows a request, such as deliveries, is counted with it
        count = len(load.seconds)
        self.cpu_ms.append((self.server.cpu() - before) / count * 1000)
        self.rate.append(count / load.wall)
        self.p50.append(load.percentile(0.5))
        self.p95.append(load.percentile(0.95))
        self.p99.append(load.percentile(0.99))

    @property
    def cpu(self) -> float:
        return median(self.cpu_ms)


def measure_in_turns(targets: list[Target], *, rounds: int = ROUNDS, seconds: float = SECONDS) -> None:
    """Each round asks each target once, so that what else the machine does falls on all alike."""
    for target in targets:
        target.run(min(0.5, seconds))
    for number in range(rounds):
        for target in targets if number % 2 == 0 else reversed(targets):
            target.measure(seconds)


def show(targets: list[Target]) -> None:
    print(f"load average {os.getloadavg()[0]:.1f}, {ROUNDS} round(s) of {SECONDS} s, medians")
    print(f"{'what':<40}{'c':>3}{'CPU ms':>9}{'spread':>15}{'req/s':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}")
    for target in targets:
        spread = f"{min(target.cpu_ms):.2f}-{max(target.cpu_ms):.2f}"
        print(
            f"{target.name:<40}{target.connections:>3}{target.cpu:>9.2f}{spread:>15}"
            f"{median(target.rate):>8.0f}{median(target.p50):>9.1f}{median(target.p95):>9.1f}{median(target.p99):>9.1f}"
        )


def goal(what: str, measured: float, most: float, unit: str = "") -> None:
    verdict = "met" if measured <= most else "NOT met"
    print(f"goal: {what}: at most {most:g}{unit}, measured {measured:.3g}{unit}: {verdict}")


def last_line(name: str, **figures: float) -> None:
    told = (f"{key}={value:.4g}" for key, value in figures.items())
    print(f"benchmark={name} load={os.getloadavg()[0]:.1f}", *told)


def with_servers(servers: list[Server], work: Callable[[], None]) -> None:
    try:
        work()
    finally:
        for server in servers:
            server.stop()
