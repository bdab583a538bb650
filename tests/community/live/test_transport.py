"""Three ways out of a socket, over bare TCP and under TLS; and one that does not read."""

import asyncio
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from community.live.transport import FRAME_BYTES, Frame, PlainOutlet
from tests.community.facts.site import HERE, free_port, listens_at, wait_until
from tests.community.live.wire import Wire, wire
from tests.flows.place import Place

WAYS = ["direct", "prepared", "plain"]


@pytest.mark.parametrize("size", [10, 125, 126, 65535, 65536, 100_000])
def test_a_frame_is_written_as_the_protocol_says(size: int) -> None:
    frame = Frame({"x": "y" * (size - 8)})

    assert len(frame.payload) == size
    assert frame.wire == frame.prepared.payloadHybi


def test_a_frame_too_large_becomes_a_reset() -> None:
    frame = Frame({"stream": "thread:1", "after": 1, "head": 2, "things": ["x" * FRAME_BYTES]})

    assert (frame.is_reset, frame.payload) == (True, b'{"reset":"thread:1","head":2}')


async def test_on_another_server_what_waits_is_bounded_too(settings: Any) -> None:
    settings.LIVE_WAITING_BYTES = 1000
    sent, reads = [], asyncio.Event()

    async def send(message: Any) -> None:
        sent.append(message)
        await reads.wait()

    outlet = PlainOutlet(send)
    for _ in range(6):
        outlet.write(Frame({"x": "y" * 300}))
        await asyncio.sleep(0)
    assert outlet.is_closed()
    reads.set()
    await outlet.task

    assert [message.get("code") for message in sent] == [None, 4008]


def test_what_a_server_would_not_let_out_becomes_a_reset_too() -> None:
    frame = Frame({"stream": "thread:1", "after": 1, "head": 2, "things": ["x" * 70_000]})

    assert frame.within(0) is frame
    assert frame.within(65536).payload == b'{"reset":"thread:1","head":2}'


@pytest.mark.processes
@pytest.mark.parametrize("way", WAYS)
async def test_who_does_not_read_is_closed_and_the_others_hear_all(places: Callable[..., Place], way: str) -> None:
    place = places(LIVE_TRANSPORT=way, LIVE_MESSAGES="1000")
    server = psutil.Process(next(iter(place.site.processes.values())).pid)
    thread, port = place.found["threads"]["said"], place.site.ports[0]
    stream = f"thread:{thread}"
    head = place.write("head", stream)
    for number in range(2):
        place.write("reply", thread, "cai", f"{number} " + "z" * 25_000)
    async with wire(place, port=port) as hears, wire(place, port=port, max_queue=1) as deaf:
        await hears.subscribe(stream, head + 2)
        deaf.socket.transport.pause_reading()
        before = server.memory_info().rss
        for _ in range(300):  # each is answered with 50 KB
            await deaf.say(do="subscribe", stream=stream, since=head, language="en")
        began = time.monotonic()
        await asyncio.sleep(0.5)
        post = place.write("reply", thread, "cai", "After the flood.")
        told = await hears.hear()
        took = time.monotonic() - began
        await asyncio.to_thread(wait_until, lambda: sockets_of(server, port) == 1)
        grew = server.memory_info().rss - before
        deaf.socket.transport.resume_reading()
        code = await code_of(deaf)

    assert told["things"][0]["id"] == f"post-{post}"
    assert took < 4
    assert grew < 40e6
    assert code in (4008, None)  # the line is cut where the code is not read in time


def sockets_of(server: psutil.Process, port: int) -> int:
    lines = server.net_connections(kind="tcp")
    return sum(line.status == "ESTABLISHED" and line.laddr.port == port for line in lines)


async def code_of(each: Wire) -> int | None:
    try:
        return (await each.ending(seconds=10))[0]
    except AssertionError:
        return None


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    try:
        subprocess.run(
            [*command, "-keyout", "key.pem", "-out", "cert.pem"], cwd=tmp_path, check=True, capture_output=True
        )
    except FileNotFoundError:
        pytest.skip("no openssl on this machine")
    return tmp_path


UNDER_TLS = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.flows.settings")
from community.asgi import application
from community.live import consumer, transport
from daphne.server import Server
original = transport.outlet_of
def noted(send):
    outlet = original(send)
    print(type(outlet).__name__, flush=True)
    return outlet
consumer.outlet_of = noted
where = sys.argv[1].replace(":", r"\\:")
keys = f"privateKey={where}/key.pem:certKey={where}/cert.pem"
line = f"ssl:port={sys.argv[2]}:{keys}" if sys.argv[3] == "wss" else f"tcp:port={sys.argv[2]}"
Server(application, endpoints=[f"{line}:interface=127.0.0.1"]).run()
"""


@pytest.mark.processes
@pytest.mark.parametrize(
    ("scheme", "way", "outlet"),
    [
        ("ws", "direct", "DirectOutlet"),
        ("wss", "direct", "PreparedOutlet"),
        ("ws", "prepared", "PreparedOutlet"),
        ("wss", "plain", "PlainOutlet"),
    ],
)
async def test_the_fastest_way_out_is_found_and_under_tls_it_falls_back(
    places: Callable[..., Place], certificate: Path, scheme: str, way: str, outlet: str
) -> None:
    place = places()
    port = free_port()
    server = subprocess.Popen(  # noqa: ASYNC220 - at once
        [sys.executable, "-c", UNDER_TLS, str(certificate), str(port), scheme], cwd=HERE,
        env={**place.site.environment, "LIVE_TRANSPORT": way}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    trust = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
    trust.check_hostname = False
    thread = place.found["threads"]["said"]
    try:
        await asyncio.to_thread(wait_until, lambda: listens_at(port))
        place.socket_address = lambda port=0: f"{scheme}://localhost:{port}/live/"  # type: ignore[method-assign]
        async with wire(place, port=port, ssl=trust if scheme == "wss" else None) as each:
            await each.subscribe(f"thread:{thread}", place.write("head", f"thread:{thread}"))
            posts = [place.write("reply", thread, "cai", f"{number} " + "z" * 5_000) for number in range(20)]
            heard: list[str] = []
            while len(heard) < 20:
                frame = await each.hear(seconds=10)
                heard += [thing["id"] for thing in frame["things"] if thing["id"].startswith("post-")]
    finally:
        server.terminate()
        said, _ = server.communicate(timeout=15)

    assert heard == [f"post-{post}" for post in posts]
    assert said.split() == [outlet]
