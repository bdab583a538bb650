"""A Frontline of its own, served by Daphne as `make run` serves it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.community.facts.site import administer

ROOT = Path(__file__).resolve().parents[2]
DATABASE_URL = os.environ.get("DATABASE_URL", "")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Server:
    """On SQLite, or in a database of its own on the server that DATABASE_URL names; bells go through REDIS_URL."""

    def __init__(self, data_dir: Path, **environment: str) -> None:
        self.database = f"frontline_browser_{uuid.uuid4().hex[:12]}" if DATABASE_URL else ""
        self.port = free_port()
        self.origin = f"http://localhost:{self.port}"
        self.log = data_dir / "log.txt"
        self.environment = {
            **os.environ,
            "DEMONSTRATION": "1",
            "DATA_DIR": str(data_dir),
            "PORT": str(self.port),
            "PUBLIC_ORIGIN": self.origin,
            "DATABASE_URL": self.prepare_database(),
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def prepare_database(self) -> str:
        """Its address, once it is there."""
        if not DATABASE_URL:
            return ""
        administer(f"CREATE DATABASE {self.database}")
        return urlunsplit(urlsplit(DATABASE_URL)._replace(path=f"/{self.database}"))

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
        if self.database:
            administer(f"DROP DATABASE {self.database} WITH (FORCE)")
