"""A Frontline of its own, served by Daphne as `make run` serves it."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path

from tests.once import DATABASE_URL, administer, copy_database, database_url, made_once

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Server:
    """With the demonstration; on SQLite, or in a database of its own. Bells go through REDIS_URL."""

    def __init__(self, data_dir: Path, *, database: str = "") -> None:
        self.data_dir = data_dir
        self.database = database or f"frontline_browser_{uuid.uuid4().hex[:12]}"
        self.port = free_port()
        self.origin = f"http://localhost:{self.port}"
        self.log = data_dir / "log.txt"
        self.environment = {
            **os.environ,
            "DEMONSTRATION": "1",
            "DATA_DIR": str(data_dir),
            "PORT": str(self.port),
            "PUBLIC_ORIGIN": self.origin,
            "DATABASE_URL": database_url(self.database),
            "REDIS_PREFIX": self.database,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Loading the demonstration takes its seconds once."""
        with made_once("demonstration", load) as (folder, database):
            shutil.copytree(folder, self.data_dir, dirs_exist_ok=True)
            if DATABASE_URL:
                copy_database(database, self.database)

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, timeout=120)
        assert done.returncode == 0, done.stderr.decode()[-3000:]
        return done.stdout.decode()

    def start(self) -> None:
        with self.log.open("ab") as log:
            command = [sys.executable, "manage.py", "serve"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        for _ in range(300):
            with contextlib.suppress(OSError):  # not there yet, or a busy machine takes longer than two seconds
                urllib.request.urlopen(f"{self.origin}/healthz", timeout=2).close()
                return
            assert self.process.poll() is None, self.log.read_text()[-3000:]
            time.sleep(0.1)
        raise AssertionError(self.log.read_text()[-3000:])

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(15)
        if DATABASE_URL:
            administer(f"DROP DATABASE {self.database} WITH (FORCE)")


def load(folder: Path, database: str) -> None:
    first = Server(folder, database=database)
    first.manage("migrate", "--verbosity=0")
    first.manage("collectstatic", "--noinput", "--verbosity=0")
    first.manage("demo")
    first.manage("search", "rebuild")
