"""Members who write, vote, moderate and change their minds, by the forms of the pages."""

import asyncio
import random
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.flows.place import CSRF, Place

DEEDS = (
    ["answer"] * 6 + ["comment"] * 3 + ["edit"] * 3 + ["vote"] * 6 + ["unvote"] * 2 + ["accept", "unaccept"] * 2
    + ["delete", "undelete"] * 2 + ["hide", "restore"] * 3 + ["lock", "pin", "unpin", "retitle", "open"]
    + ["unlock"] * 3  # what is locked takes little else
)  # fmt: skip
MODERATED = {"hide", "restore"}
OF_THREAD = {"lock", "unlock", "pin", "unpin", "move"}


@dataclass
class Board:
    """What the writers know of each other's posts."""

    place: Place
    http: aiohttp.ClientSession
    thread: int
    posts: list[tuple[int, str]] = field(default_factory=list)  # ids and who wrote them
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def any_post(self, wanted: Callable[[str], bool] = lambda author: True) -> int | None:
        fitting = [post for post, author in self.posts if wanted(author)]
        return random.choice(fitting) if fitting else None

    async def send(self, deed: str, handle: str, path: str, **fields: str) -> str | None:
        """Where it leads; None where it was refused. A server that was killed under it is asked again."""
        form = {"csrfmiddlewaretoken": CSRF, "token": uuid.uuid4().hex, **fields}
        for _ in range(200):
            port = random.choice(self.place.site.ports)
            try:
                async with self.http.post(
                    f"http://localhost:{port}{path}",
                    data=form,
                    headers=self.place.headers(handle),
                    allow_redirects=False,
                ) as answer:
                    text = await answer.text()
                    if answer.status == 302:
                        self.done[deed] += 1
                        return str(answer.headers["Location"])
                    assert answer.status in (403, 404), (deed, answer.status, text[:300])
                    self.refused[deed] += 1
                    return None
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
        raise AssertionError("no server answers")

    async def do(self, deed: str, handle: str) -> None:
        """One deed, by the member who may do it."""
        if deed in OF_THREAD:
            fields = {"reason": "A test."} | self.forum_moved_to(deed)
            await self.send(deed, "dee", f"/threads/{self.thread}/decide/{deed}/", **fields)
        elif deed == "answer":
            await self.write(deed, handle, f"answer {random.random()} " + "x" * random.randrange(400))
        elif deed == "open":
            opened = {"title": f"Opened {random.random()}", "body": "Beside.", "tags": "sand, salt"}
            await self.send(deed, handle, "/forums/questions/new/", **opened)
        elif deed == "retitle":
            opening = {"title": f"Which sensors? {random.random()}", "body": "Ours died.", "tags": "salt"}
            await self.send(deed, "ana", f"/posts/{self.posts[0][0]}/edit/", **opening)
        else:
            await self.do_to_post(deed, handle)

    def forum_moved_to(self, deed: str) -> dict[str, str]:
        forums = self.place.found["forums"]
        return {"to": str(forums[random.choice(["questions", "elsewhere"])])} if deed == "move" else {}

    async def do_to_post(self, deed: str, handle: str) -> None:
        others, own = (lambda author: author != handle), (lambda author: author == handle)
        whose = {"vote": others, "unvote": others, "edit": own, "delete": own, "undelete": own}
        replies = [post for post, author in self.posts[1:] if whose.get(deed, lambda author: True)(author)]
        if not replies:
            return
        post = random.choice(replies)
        if deed == "comment":
            await self.write(deed, handle, f"comment {random.random()}", answer=str(post))
        elif deed == "edit":
            await self.send(deed, handle, f"/posts/{post}/edit/", body=f"edited {random.random()}")
        elif deed in MODERATED:
            await self.send(deed, "dee", f"/posts/{post}/decide/{deed}/", reason="A test.")
        else:
            await self.send(deed, "ana" if "accept" in deed else handle, f"/posts/{post}/{deed}/")

    async def write(self, deed: str, handle: str, body: str, **fields: str) -> None:
        address = await self.send(deed, handle, f"/threads/{self.thread}/reply/", body=body, **fields)
        if address:
            self.posts.append((int(address.rpartition("#post-")[2]), handle))


async def write_for_a_while(board: Board, handle: str, count: int, *, pause: float = 0.15) -> None:
    for _ in range(count):
        await asyncio.sleep(random.uniform(0, pause))
        await board.do(random.choice(DEEDS), handle)


def told(board: Board) -> dict[str, Any]:
    return {"done": dict(board.done), "refused": dict(board.refused)}
