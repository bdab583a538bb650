"""Fifty open pages, four writers, lines cut and bells spoilt: at the end every page is as a fresh one.

WIRE_CUTS=1000 goes on until so many lines were cut.
"""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.community.facts.site import listens_at, wait_until
from tests.flows.open_page import OpenPage
from tests.flows.place import Place
from tests.flows.writers import Board, told, write_for_a_while

pytestmark = [pytest.mark.processes, pytest.mark.timeout(1800)]
CUTS = int(os.environ.get("WIRE_CUTS", "100"))
PAGES, CHANGES, WRITERS = 50, 300 if "WIRE_CUTS" in os.environ else 160, ("ana", "bo", "cai", "dee")
LANGUAGES = ("en", "es", "ar")


@pytest.fixture
def place_of(tmp_path: Path) -> Iterator[Callable[..., Place]]:
    places: list[Place] = []

    def make(**environment: str) -> Place:
        surroundings = {"LONG_PAGES": "1", "LIVE_SOCKETS_A_MEMBER": "1000", **environment}
        places.append(Place(tmp_path, **surroundings))
        return places[-1].begin()

    yield make
    for place in places:
        place.close()


class Evening:
    """Many read while some write."""

    def __init__(
        self, place: Place, http: aiohttp.ClientSession, *, cuts: bool = True, minds_gaps: bool = True
    ) -> None:
        self.place, self.http = place, http
        self.thread = place.found["threads"]["asked"]
        self.paths = [f"/threads/{self.thread}/{place.found['slugs']['asked']}/", "/forums/questions/"]
        self.board = Board(place, http, self.thread)
        readers = [None, None, "ana", "bo", "fay", "dee"]
        self.pages = [
            self.open(self.paths[number % 5 == 4], readers[number % 6], LANGUAGES[number % 3], cuts, minds_gaps)
            for number in range(PAGES)
        ]

    def open(self, path: str, handle: str | None, language: str, cuts: bool = False, minds: bool = True) -> OpenPage:
        member = self.place.found["members"][handle] if handle else None
        headers, ports = self.place.headers(handle), self.place.site.ports
        return OpenPage(
            self.http, ports, path, headers=headers, member=member, language=language, cuts=cuts, minds_gaps=minds
        )

    async def pass_by(self, *, changes: int, meanwhile: Any = None) -> None:
        """All write at once; where fewer lines were cut than was asked, they go on."""
        fresh = self.open(self.paths[0], "dee", "en")
        await fresh.load()
        self.board.posts = [(int(name.removeprefix("post-")), "ana") for name, _ in fresh.in_order() if "post-" in name]
        self.board.posts.sort()
        self.tasks = [asyncio.create_task(page.stay_open()) for page in self.pages]
        await asyncio.gather(*[asyncio.wait_for(page.is_open.wait(), 120) for page in self.pages])
        other = asyncio.create_task(meanwhile()) if meanwhile else None
        await self.write(changes)
        while any(page.cuts for page in self.pages) and self.counts()["cuts"] < CUTS:
            await self.write(changes // 4)
        if other:
            await other

    async def write(self, changes: int) -> None:
        await asyncio.gather(*[write_for_a_while(self.board, handle, changes // 4) for handle in WRITERS])

    async def settle(self, seconds: float = 30) -> float:
        """Until all pages have come to the heads, or the time is over. How long it took."""
        began = time.monotonic()
        for page in self.pages:
            page.cuts = False
        heads = {path: self.place.write("head", stream) for path, stream in self.streams().items()}
        behind = self.pages
        while behind and time.monotonic() - began < seconds:
            await asyncio.sleep(0.05)
            behind = [page for page in behind if page.shared.last < heads[page.path]]
        took = time.monotonic() - began
        await asyncio.sleep(1.2)  # and the members' own streams
        return took

    def streams(self) -> dict[str, str]:
        return {
            self.paths[0]: f"thread:{self.thread}",
            self.paths[1]: f"forum:{self.place.found['forums']['questions']}",
        }

    async def differences(self) -> list[str]:
        """Of each page from a fresh one, by what it is."""
        found = []
        for page in self.pages:
            handle = next((name for name, pk in self.place.found["members"].items() if pk == page.member), None)
            fresh = self.open(page.path, handle, page.language)
            await fresh.load()
            assert fresh.things
            if fresh.in_order() != page.in_order():
                found.append(difference(page, fresh, handle))
        return found

    def counts(self) -> Counter[str]:
        return sum((page.counts for page in self.pages), Counter())

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    def broken(self) -> list[BaseException]:
        """What stopped a page. A page that stops would be equal to nothing."""
        return [error for task in self.tasks if task.done() and (error := task.exception())]


def difference(page: OpenPage, fresh: OpenPage, handle: str | None) -> str:
    have, want = dict(page.in_order()), dict(fresh.in_order())
    names = sorted(name for name in have.keys() | want.keys() if have.get(name) != want.get(name))
    more = [name for name in names if name not in want], [name for name in names if name not in have]
    return (
        f"{page.path} {handle} {page.language} at {page.shared.last} of {fresh.shared.last}: differ {names[:4]}, "
        f"too many {more[0][:4]}, missing {more[1][:4]}, same order "
        f"{[name for name, _ in page.in_order()] == [name for name, _ in fresh.in_order()]}"
        f" {page.counts} {have.get(names[0]) if names else ''} {want.get(names[0]) if names else ''}"
    )


async def evening(place: Place, *, meanwhile: Any = None, changes: int = CHANGES, **options: Any) -> Evening:
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100), timeout=timeout) as http:
        passed = Evening(place, http, **options)
        try:
            await passed.pass_by(changes=changes, meanwhile=meanwhile)
            passed.took = await passed.settle()
            assert passed.broken() == []
            passed.found = await passed.differences()
        finally:
            await passed.close()
        print(told(passed.board), dict(passed.counts()), f"settled in {passed.took:.1f} s")
        return passed


async def test_whatever_is_cut_lost_doubled_or_late_every_page_is_as_a_fresh_one(
    place_of: Callable[..., Place],
) -> None:
    place = place_of(SPOIL_BELLS="1")

    async def kill_and_restart() -> None:
        await asyncio.sleep(2)
        victim = random.choice([arguments for arguments in place.site.processes if arguments[0] == "serve"])
        place.site.kill(victim)
        place.site.run(*victim)
        await asyncio.to_thread(wait_until, lambda: all(map(listens_at, place.site.ports)))

    passed = await evening(place, meanwhile=kill_and_restart)

    assert passed.found == []
    assert passed.counts()["cuts"] >= CUTS
    assert sum(passed.board.done.values()) > CHANGES / 2
    assert passed.took < 30


async def test_without_a_single_bell_the_servers_own_looking_is_enough(place_of: Callable[..., Place]) -> None:
    passed = await evening(place_of(NO_BELLS="1"), cuts=False, changes=CHANGES // 4)

    assert passed.found == []
    assert passed.took < 5
    assert passed.counts()["fetches"] == 0


async def test_without_the_browsers_eye_for_gaps_the_servers_marks_are_enough(place_of: Callable[..., Place]) -> None:
    passed = await evening(place_of(SPOIL_BELLS="1"), minds_gaps=False, changes=CHANGES // 4)

    assert passed.found == []


async def test_without_the_servers_looking_the_heartbeat_brings_the_last_news(place_of: Callable[..., Place]) -> None:
    """The reader is deaf and never looks of itself: what pages do about heads has to carry all."""
    place = place_of(NO_BELLS="1", NO_POLL="1", LIVE_HEARTBEAT_SECONDS="1", KEPT_PAGES="0")

    passed = await evening(place, cuts=False, changes=CHANGES // 4)

    assert passed.found == []
    assert passed.counts()["fetches"] >= PAGES
    assert passed.counts()["cuts"] == 0
