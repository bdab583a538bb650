"""A site as it runs, with somebody who writes into it from beside."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.community.facts.site import HERE, Site

ORIGIN = "http://localhost:8000"  # the demonstration's own, whatever the port it is tested at
CSRF = "a" * 32


class Place:
    """Servers, and a hand."""

    def __init__(self, data: Path, **environment: str) -> None:
        surroundings = {"DJANGO_SETTINGS_MODULE": "tests.flows.settings", "LIVE_SOCKETS_AN_ADDRESS": "10000"}
        self.site = Site(data, **{**surroundings, **environment})
        self.hand = subprocess.Popen(
            [sys.executable, "-m", "tests.flows.hand"],
            cwd=HERE, env=self.site.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def begin(self) -> "Place":
        self.found = self.write("begin")
        self.site.start()
        return self

    def write(self, *deed: Any) -> Any:
        """Returns once it is committed. Its bells reach no server but through Redis."""
        assert self.hand.stdin and self.hand.stdout
        print(json.dumps(deed), file=self.hand.stdin, flush=True)
        return json.loads(self.hand.stdout.readline())

    def headers(self, handle: str | None = None) -> dict[str, str]:
        """Of a browser's requests and sockets."""
        cookie = {"Cookie": f"sessionid={self.found['sessions'][handle]}; csrftoken={CSRF}"} if handle else {}
        return {"Origin": ORIGIN, **cookie}

    def socket_address(self, port: int = 0) -> str:
        return f"ws://localhost:{port or self.site.ports[0]}/live/"

    def close(self) -> None:
        self.hand.terminate()
        self.hand.wait(10)
        for pipe in (self.hand.stdin, self.hand.stdout):
            assert pipe
            pipe.close()
        self.site.clear_away()


def redis_is_there() -> bool:
    return bool(os.environ.get("REDIS_URL"))
