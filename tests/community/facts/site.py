"""Real servers on a database made for them, with the board as their only page."""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.parse
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from tests.once import DATABASE_URL, administer, copy_database, database_url, made_once

HERE = Path(__file__).resolve().parents[3]
Process = subprocess.Popen[bytes]


class Site:
    """On SQLite one process with its worker; on PostgreSQL two servers and the worker apart."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.database = f"frontline_site_{uuid.uuid4().hex[:12]}"
        self.ports = [free_port() for _ in range(2 if DATABASE_URL else 1)]
        self.processes: dict[tuple[str, ...], Process] = {}
        self.environment = {**surroundings(data, self.database), **environment}
        copy_migrated(self)

    def command(self, *arguments: str) -> Process:
        with (self.data / "log.txt").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "manage.py", *arguments], cwd=HERE, env=self.environment, stdout=log, stderr=log
            )

    def start(self, *, with_worker: bool = True) -> None:
        for port in self.ports:
            alone = [] if with_worker and not DATABASE_URL else ["--no-worker"]
            self.run("serve", "--port", str(port), *alone)
        if with_worker and DATABASE_URL:
            self.run("work")
        for port in self.ports:
            wait_until(lambda port=port: listens_at(port))

    def run(self, *arguments: str) -> None:
        self.processes[arguments] = self.command(*arguments)

    def kill(self, arguments: tuple[str, ...]) -> None:
        """kill -9."""
        process = self.processes.pop(arguments)
        process.kill()
        process.wait()

    def kill_all(self) -> None:
        for arguments in list(self.processes):
            self.kill(arguments)

    def stop(self) -> list[int]:
        """SIGTERM to all. Returns with what they ended."""
        for process in self.processes.values():
            process.terminate()
        ends = [process.wait(60) for process in self.processes.values()]
        self.processes = {}
        return ends

    def clear_away(self) -> None:
        self.kill_all()
        if DATABASE_URL:
            administer(f"DROP DATABASE {self.database} WITH (FORCE)")

    def pin(self, token: str, *, port: int = 0) -> int:
        """Post a note; its id. Raises: OSError or HTTPException where no answer comes."""
        with closing(http.client.HTTPConnection("127.0.0.1", port or random.choice(self.ports), timeout=25)) as line:
            line.request(
                "POST",
                "/notes/",
                urllib.parse.urlencode({"token": token}),
                {"Content-Type": "application/x-www-form-urlencoded"},
            )
            answer = line.getresponse()
            body = answer.read()
        assert answer.status == 200, body
        return int(json.loads(body)["id"])

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(self.connect()) as connection:
            return connection.execute(query).fetchall()  # type: ignore[no-any-return]

    def change(self, query: str) -> None:
        with closing(self.connect()) as connection:
            connection.execute(query)
            connection.commit()

    def connect(self) -> Any:
        if DATABASE_URL:
            return psycopg.connect(self.environment["DATABASE_URL"])
        return sqlite3.connect(self.data / "frontline.sqlite3", timeout=20)

    def undone(self, lane: str) -> int:
        [[count]] = self.rows(f"SELECT count(*) FROM facts_delivery WHERE done_at IS NULL AND lane = '{lane}'")
        return int(count)

    def forget_leases(self) -> None:
        """Between several processes the leases of the dead last a minute: not for tests."""
        self.change("UPDATE facts_delivery SET due_at = '2020-01-01 00:00:00+00:00' WHERE done_at IS NULL")

    def mails(self) -> list[str]:
        """The subjects of the mails that were sent."""
        lines = [line for path in (self.data / "mail").glob("*.log") for line in path.read_text().splitlines()]
        return sorted(line.removeprefix("Subject: ") for line in lines if line.startswith("Subject: "))

    def log(self) -> str:
        return (self.data / "log.txt").read_text()


def copy_migrated(site: Site) -> None:
    """Give the site its database: migrating takes its seconds once."""
    with made_once("migrated", migrate) as (folder, database):
        if DATABASE_URL:
            copy_database(database, site.database)
        else:
            shutil.copy(folder / "frontline.sqlite3", site.data)


def migrate(data: Path, database: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0", "--skip-checks"],
        cwd=HERE, env=surroundings(data, database), timeout=90, check=True,
    )  # fmt: skip


def surroundings(data: Path, database: str) -> dict[str, str]:
    """The environment of a process of a site. Params: database, its name where there is a server of databases."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.community.facts.board.settings",
        "DEMONSTRATION": "1",
        "DATA_DIR": str(data),
        "DATABASE_URL": database_url(database),
        "REDIS_PREFIX": database,
        "LOG_LEVEL": "ERROR",
    }


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def listens_at(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def wait_until(condition: Callable[[], object], *, seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
