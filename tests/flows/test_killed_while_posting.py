"""Members answer by the forums' own form while servers and workers are killed under them."""

import asyncio
import random
import uuid
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from forums.actions.writing import token_in
from tests.community.facts.site import wait_until
from tests.flows.place import CSRF, Place
from tests.once import DATABASE_URL

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]  # servers are started again and again
KILLS = 5
WRITERS = ("bo", "cai", "fay", "dee")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    yield place.begin()
    place.close()


class Answering:
    """One member, who sends each answer again with its token until a server says where it stands."""

    def __init__(self, place: Place, http: aiohttp.ClientSession, handle: str, acknowledged: dict[str, int]) -> None:
        self.place, self.http, self.handle, self.acknowledged = place, http, handle, acknowledged

    async def write_on(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            token = uuid.uuid4().hex
            while token not in self.acknowledged:
                try:
                    self.acknowledged[token] = await self.send(token)
                except (aiohttp.ClientError, TimeoutError):
                    await asyncio.sleep(0.05)

    async def send(self, token: str) -> int:
        """The id of the answer that now stands."""
        address = f"http://localhost:{random.choice(self.place.site.ports)}"
        path = f"/threads/{self.place.found['threads']['asked']}/reply/"
        form = {"csrfmiddlewaretoken": CSRF, "token": token, "body": f"We tried it: {token}."}
        headers = self.place.headers(self.handle)
        async with self.http.post(address + path, data=form, headers=headers, allow_redirects=False) as answer:
            assert answer.status == 302, await answer.text()
            return int(answer.headers["Location"].rpartition("#post-")[2])


async def test_every_acknowledged_answer_stands_once_and_its_asker_is_told_once(place: Place) -> None:
    site, stop, acknowledged = place.site, asyncio.Event(), dict[str, int]()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as http:
        writing = [
            asyncio.create_task(Answering(place, http, handle, acknowledged).write_on(stop)) for handle in WRITERS
        ]
        for _ in range(KILLS):
            more = len(acknowledged) + 6
            await asyncio.to_thread(wait_until, lambda more=more: len(acknowledged) >= more)
            await asyncio.sleep(random.uniform(0, 0.2))
            victim = random.choice(list(site.processes))
            site.kill(victim)
            site.run(*victim)
        stop.set()
        await asyncio.gather(*writing)
    if DATABASE_URL:
        site.forget_leases()
    await asyncio.to_thread(wait_until, lambda: site.undone("ours") + site.undone("world") == 0)

    thread = place.found["threads"]["asked"]
    answers = dict(site.rows(f"SELECT token, id FROM forums_post WHERE thread_id = {thread} AND kind = 'answer'"))
    told = [post for (post,) in site.rows("SELECT target_id FROM notifications_notice WHERE kind = 'answer'")]
    stream = f"WHERE stream = 'thread:{thread}'"
    numbers = [seq for (seq,) in site.rows(f"SELECT seq FROM facts_streamentry {stream} ORDER BY seq")]
    [(counted,)] = site.rows(f"SELECT answer_count FROM forums_thread WHERE id = {thread}")
    assert len(acknowledged) > 6 * KILLS
    assert {
        token_in(f"thread:{thread}", token): post for token, post in acknowledged.items()
    }.items() <= answers.items()
    assert counted == len(answers) == len(acknowledged) + 1  # one stood there before
    assert sorted(told) == sorted(answers.values())
    assert numbers == list(range(1, len(numbers) + 1))
