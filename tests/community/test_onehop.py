import asyncio
import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started

from community.onehop import OneHop
from tests.asking import ask, scope_of
from tests.community import rehearsal

FORM = {"content_type": "application/x-www-form-urlencoded"}


@pytest.fixture
def hop(settings: Any) -> Iterator[OneHop]:
    settings.ROOT_URLCONF = "tests.community.rehearsal"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("CsrfViewMiddleware")]
    rehearsal.seen.clear()
    hop = OneHop(threads=2)

    yield hop

    hop.threads.shutdown()


async def test_a_view_runs_on_one_of_our_threads_in_the_callers_context(hop: OneHop) -> None:
    rehearsal.WORD.set("carried")

    answer = await ask(hop, "/plain/")

    assert answer.text in ("GET requests_0 carried", "GET requests_1 carried")


async def test_the_whole_chain_of_middleware_is_walked(hop: OneHop) -> None:
    answer = await ask(hop, "/plain/", x_request_id="abcdefgh")

    assert answer.headers["x-request-id"] == "abcdefgh"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["content-length"] == str(len(answer.body))


async def test_every_cookie_has_a_header_of_its_own(hop: OneHop) -> None:
    headers: list[Any] = []

    async def send(message: Any) -> None:
        headers.extend(message.get("headers", ()))

    async def receive() -> Any:
        return {"type": "http.request", "body": b""} if not headers else await asyncio.Future()

    await hop(scope_of("/plain/"), receive, send)

    assert [value for name, value in headers if name == b"Set-Cookie"] == [b"one=1; Path=/", b"two=2; Path=/"]


async def test_an_async_view_is_answered_too(hop: OneHop) -> None:
    answer = await ask(hop, "/waiting/")

    assert answer.text.startswith("awaited requests_")


async def test_a_body_reaches_its_view(hop: OneHop) -> None:
    answer = await ask(hop, "/echo/", method="POST", body=b"word=heat", **FORM)

    assert answer.text == "heat"


async def test_too_large_a_body_is_refused(hop: OneHop, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    answer = await ask(hop, "/echo/", method="POST", body=b"word=" + b"a" * 1000, content_length="1005", **FORM)

    assert answer.status == 400


async def test_a_broken_view_is_a_page_and_not_a_dead_thread(hop: OneHop) -> None:
    answers = [await ask(hop, "/broken/") for _ in range(4)]

    assert [answer.status for answer in answers] == [500] * 4
    assert (await ask(hop, "/plain/")).status == 200


async def test_pieces_come_from_the_thread_of_their_view_and_are_closed(hop: OneHop) -> None:
    answer = await ask(hop, "/pieces/")

    lines = answer.text.splitlines()
    assert [line.split()[0] for line in lines] == ["0", "1", "2"]
    assert len({line.split()[1] for line in lines}) == 1
    assert rehearsal.seen == ["closed"]


async def test_a_file_comes_whole(hop: OneHop) -> None:
    answer = await ask(hop, "/book/")

    assert answer.text == inspect.getsource(rehearsal)


async def test_an_endless_answer_ends_when_its_reader_leaves(hop: OneHop) -> None:
    told: list[Any] = []
    enough = asyncio.Event()
    asked = [{"type": "http.request", "body": b""}]

    async def send(message: Any) -> None:
        told.append(message)
        if len(told) > 3:
            enough.set()

    async def receive() -> Any:
        if asked:
            return asked.pop()
        await enough.wait()
        return {"type": "http.disconnect"}

    await asyncio.wait_for(hop(scope_of("/endless/"), receive, send), 5)

    assert told[1]["body"] == b"more\n"
    assert rehearsal.seen == ["stopped", "closed"]


async def test_what_nobody_waits_for_any_more_is_never_begun(hop: OneHop) -> None:
    others = [asyncio.create_task(ask(hop, "/slow/")) for _ in range(2)]
    await asyncio.sleep(0.05)
    asked = [{"type": "http.disconnect"}, {"type": "http.request", "body": b""}]

    async def receive() -> Any:
        return asked.pop()

    async def send(message: Any) -> None:
        raise AssertionError("nobody is there")

    await hop(scope_of("/slow/"), receive, send)
    await asyncio.gather(*others)

    assert rehearsal.seen == ["slow began"] * 2


async def test_who_leaves_within_her_body_is_forgotten(hop: OneHop) -> None:
    asked = [{"type": "http.disconnect"}, {"type": "http.request", "body": b"wo", "more_body": True}]

    async def receive() -> Any:
        return asked.pop()

    async def send(message: Any) -> None:
        raise AssertionError("nobody is there")

    await hop(scope_of("/echo/", method="POST"), receive, send)


@pytest.mark.parametrize("path", ["/plain/", "/pieces/", "/waiting/", "/broken/", "/nowhere/"])
async def test_each_request_has_one_beginning_and_one_end(hop: OneHop, path: str) -> None:
    told: list[str] = []

    def begins(**_: Any) -> None:
        told.append("begins")

    def ends(**_: Any) -> None:
        told.append("ends")

    request_started.connect(begins)
    request_finished.connect(ends)
    try:
        await ask(hop, path)
    finally:
        request_started.disconnect(begins)
        request_finished.disconnect(ends)

    assert told == ["begins", "ends"]


async def test_only_http_comes_here(hop: OneHop) -> None:
    with pytest.raises(ValueError, match="websocket"):
        await hop({"type": "websocket"}, None, None)  # type: ignore[arg-type]
