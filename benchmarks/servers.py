"""Servers as processes of their own, whose CPU can be told apart."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent


class Server:
    """One process, listening on a port of its own. Its data are thrown away with it."""

    def __init__(self, *command: str, **environment: str) -> None:
        self.data = Path(tempfile.mkdtemp(prefix="frontline-bench-"))
        self.port = free_port()
        self.command = [str(self.port) if part == "PORT" else part for part in command]
        self.environment = {
            **os.environ,
            "DEMONSTRATION": "1",
            "DATA_DIR": str(self.data),
            "PORT": str(self.port),
            "PYTHONWARNINGS": "ignore",
            **environment,
        }

    def call(self, *command: str) -> str:
        """Run something in the same surroundings, before or beside the server."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    def start(self) -> "Server":
        log = (self.data / "log.txt").open("w")
        self.process = subprocess.Popen(
            [sys.executable, *self.command], cwd=ROOT, env=self.environment, stdout=log, stderr=log
        )
        self.measured = psutil.Process(self.process.pid)
        for _ in range(1200):  # a minute: others may be busy
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise SystemExit(f"nothing listens\n{self.last_words()}")

    def last_words(self) -> str:
        return (self.data / "log.txt").read_text()[-2000:]

    def cpu(self) -> float:
        """Seconds of CPU so far, user and system."""
        times = self.measured.cpu_times()
        return times.user + times.system

    def memory_mb(self) -> float:
        return self.measured.memory_info().rss / 1e6

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
        shutil.rmtree(self.data, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as any_socket:
        any_socket.bind(("127.0.0.1", 0))
        return int(any_socket.getsockname()[1])


def bare(what: str) -> Server:
    """Params: what, one of `hello`, `usual`, `chain`: see benchmarks/bare.py."""
    return Server("-m", "benchmarks.bare", what, "PORT").start()


def site(count: int, filled_by: str = "benchmarks.crowd") -> tuple[Server, dict[str, Any]]:
    """The whole site, filled with so many threads, and where to find what in it. Params: filled_by, a module."""
    server = Server("manage.py", "serve", "--port", "PORT")
    server.call("manage.py", "migrate", "--verbosity", "0")
    server.call("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    places: dict[str, Any] = json.loads(server.call("-m", filled_by, str(count)).splitlines()[-1])
    return server.start(), places
