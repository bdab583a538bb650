"""A large file over a bad line, to a server that dies: nothing that was received is lost, nothing is sent twice."""

import http.client
import json
import random
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.community.facts.site import wait_until
from tests.factories.files import PDF
from tests.flows.place import CSRF, Place

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]  # servers are started five times
SIZE = 50 * 1024 * 1024
PART = 4 * 1024 * 1024


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    yield place.begin()
    place.close()


@pytest.fixture(scope="module")
def content() -> bytes:
    """50 MB that hold no piece twice."""
    return PDF + random.Random(7).randbytes(SIZE - len(PDF))


def ask(
    place: Place, method: str, path: str, body: bytes = b"", kind: str = "application/octet-stream"
) -> tuple[int, Any]:
    headers = {
        **place.headers("ana"),
        "Host": "localhost:8000",
        "X-CSRFToken": CSRF,
        "Accept": "application/json",
        "Content-Type": kind,
    }
    with closing(http.client.HTTPConnection("127.0.0.1", place.site.ports[0], timeout=60)) as line:
        line.request(method, path, body, headers)
        answer = line.getresponse()
        said = answer.read()
    return answer.status, json.loads(said) if said[:1] == b"{" else said


def begin(place: Place, size: int) -> dict[str, Any]:
    form = urlencode({"name": "survey.pdf", "size": size, "token": "survey"}).encode()
    status, said = ask(place, "POST", "/account/files/new/", form, "application/x-www-form-urlencoded")
    assert status == 201, said
    return said  # type: ignore[no-any-return]


def cut(place: Place, file_id: int, offset: int, part: bytes) -> None:
    """The line breaks in the middle of a part."""
    head = (
        f"PUT /account/files/{file_id}/?offset={offset} HTTP/1.1\r\nHost: localhost:8000\r\nX-CSRFToken: {CSRF}\r\n"
        f"Cookie: {place.headers('ana')['Cookie']}\r\nContent-Length: {len(part)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", place.site.ports[0]), 20) as line:
        line.sendall(head.encode() + part[: len(part) // 2])


def send_parts(place: Place, file_id: int, content: bytes, offset: int, *, until: int) -> int:
    while offset < until:
        status, said = ask(place, "PUT", f"/account/files/{file_id}/?offset={offset}", content[offset : offset + PART])
        assert status == 200, said
        offset = said["received"]
    return offset


def test_fifty_megabytes_cut_twice_and_killed_twice_arrive_whole(place: Place, content: bytes) -> None:
    file_id = begin(place, len(content))["id"]

    offset = send_parts(place, file_id, content, 0, until=SIZE // 3)
    cut(place, file_id, offset, content[offset : offset + PART])
    assert begin(place, len(content))["received"] == offset  # chosen again: it goes on, and half a part is none
    offset = send_parts(place, file_id, content, offset, until=SIZE * 2 // 3)
    restart(place, with_worker=False)  # kill -9 in between
    assert ask(place, "GET", f"/account/files/{file_id}/")[1]["received"] == offset
    send_parts(place, file_id, content, offset, until=len(content))
    assert ask(place, "POST", f"/account/files/{file_id}/finish/")[1]["state"] == "preparing"
    restart(place, with_worker=True)  # kill -9 between what was promised and its keeping

    wait_until(lambda: ask(place, "GET", f"/account/files/{file_id}/")[1]["state"] == "ready")
    status, found = ask(place, "GET", f"/files/{file_id}/survey.pdf")
    assert (status, len(found)) == (200, len(content))
    assert found == content
    parts = place.site.rows("SELECT count(*) FROM files_part")
    assert parts == [(0,)]


def test_a_reader_who_leaves_early_keeps_nothing_open(place: Place, content: bytes) -> None:
    """A slow download is no thread, and its end closes the file."""
    file_id = begin(place, len(content))["id"]
    send_parts(place, file_id, content, 0, until=len(content))
    ask(place, "POST", f"/account/files/{file_id}/finish/")
    wait_until(lambda: ask(place, "GET", f"/account/files/{file_id}/")[1]["state"] == "ready")
    lines = [socket.create_connection(("127.0.0.1", place.site.ports[0]), 20) for _ in range(12)]
    for line in lines:
        cookie = place.headers("ana")["Cookie"]
        line.sendall(
            f"GET /files/{file_id}/survey.pdf HTTP/1.1\r\nHost: localhost:8000\r\nCookie: {cookie}\r\n\r\n".encode()
        )
        assert line.recv(200).startswith(b"HTTP/1.1 200")

    began = time.monotonic()
    assert ask(place, "GET", f"/account/files/{file_id}/")[0] == 200
    assert time.monotonic() - began < 5  # twice as many wait as there are threads

    for line in lines:
        line.close()
    if Path("/proc").exists():
        wait_until(lambda: not files_open(place), seconds=20)


def files_open(place: Place) -> list[str]:
    found = []
    for process in place.site.processes.values():
        for link in Path(f"/proc/{process.pid}/fd").iterdir():
            try:
                found.append(str(link.readlink()))
            except FileNotFoundError:
                continue
    return [path for path in found if path.endswith("/whole")]


def restart(place: Place, *, with_worker: bool) -> None:
    place.site.kill_all()
    place.site.start(with_worker=with_worker)
