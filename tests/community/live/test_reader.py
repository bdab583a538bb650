import asyncio
import time
from collections.abc import AsyncIterator, Iterable

import pytest

from community.facts.actions import AFTER_COMMIT
from community.live import reader as reader_module
from community.live.bells import ring
from community.live.reader import Reader


class Board:
    """The numbers of a database, and somebody who follows them."""

    def __init__(self) -> None:
        self.heads, self.seen, self.looks, self.is_down = {"a": 1}, dict[str, int](), 0, False

    def streams(self) -> list[str]:
        return list(self.heads)

    def heads_moved(self, heads: dict[str, int]) -> None:
        self.seen |= heads

    def heads_of(self, streams: Iterable[str]) -> dict[str, int]:
        self.looks += 1
        if self.is_down:
            raise ConnectionError("gone")
        return {stream: self.heads[stream] for stream in streams}


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
async def reader(board: Board, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Reader]:
    monkeypatch.setattr(reader_module, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(reader_module, "BLIND_AFTER_SECONDS", 0.3)
    reader = Reader(board.heads_of)
    reader.followers.append(board)
    reader.ensure_running()

    yield reader

    for task in reader.tasks:
        task.cancel()


async def test_what_moved_is_learnt_by_looking(reader: Reader, board: Board) -> None:
    await asyncio.sleep(0.05)
    board.heads["a"] = 2

    await asyncio.sleep(0.2)

    assert board.seen == {"a": 2}
    assert not reader.is_blind()


async def test_what_moved_is_learnt_by_a_bell_at_once(reader: Reader, board: Board) -> None:
    await asyncio.to_thread(ring, {"b": 5})
    await asyncio.sleep(0)

    assert board.seen["b"] == 5


async def test_many_requests_start_one_reader(reader: Reader, board: Board) -> None:
    tasks = list(reader.tasks)

    for _ in range(10):
        reader.ensure_running()
    await asyncio.sleep(0.35)

    assert reader.tasks == tasks
    assert board.looks <= 5


async def test_it_is_blind_while_the_database_is_gone_and_sees_again_after(reader: Reader, board: Board) -> None:
    board.is_down = True
    await asyncio.sleep(0.6)
    assert reader.is_blind()

    board.is_down = False
    await asyncio.sleep(0.25)

    assert not reader.is_blind()


async def test_it_is_blind_before_its_first_look(board: Board) -> None:
    assert Reader(board.heads_of).is_blind()


async def test_a_look_that_hangs_makes_it_blind(reader: Reader, board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    await asyncio.sleep(0.05)
    monkeypatch.setattr(reader, "heads_of", lambda streams: time.sleep(0.6))

    await asyncio.sleep(0.5)

    assert reader.is_blind()


def test_a_bell_rung_after_the_server_has_gone_hurts_nobody(board: Board) -> None:
    async def serve() -> None:
        reader = Reader(board.heads_of)
        reader.ensure_running()
        for task in reader.tasks:
            task.cancel()

    asyncio.run(serve())

    ring({"a": 2})


def test_every_commit_rings() -> None:
    assert ring in AFTER_COMMIT
