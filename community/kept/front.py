"""Stands in front of Django. One guest asks Django for a page, the others get the same bytes."""

import asyncio
import logging
import time
from dataclasses import dataclass, field

from community.kept.addresses import Asked, Key, impersonal, read_request
from community.kept.pages import Page, Shelf, make_page
from community.live.keep import KEPT, Note
from community.live.reader import Reader
from community.live.reading import reading
from community.onehop import Application, Message, Receive, Scope, Send

JOINABLE_SECONDS = 0.5  # an answer begun longer ago may be older than what the next guest is owed
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What Django said to a guest who could be anybody. A page where it was one, else the bare messages."""

    messages: list[Message]
    page: Page | None
    is_for_all: bool


@dataclass(frozen=True)
class Flight:
    """An answer being fetched from Django, for all who ask for it meanwhile."""

    task: asyncio.Task[Answer]
    began: float = field(default_factory=time.monotonic)


class KeptPages:
    """ASGI: kept pages for guests, `django` for everything else.

    A page is served while all its streams stand where they stood when it was made, and while the reader
    has looked at them lately: a lost bell costs a second, and with a lost database nothing kept is served.
    """

    def __init__(self, django: Application, *, reader: Reader, shelf: Shelf | None = None) -> None:
        self.django, self.reader, self.shelf = django, reader, shelf or Shelf()
        self.flights: dict[Key, Flight] = {}
        reader.followers.append(self)

    def streams(self) -> list[str]:
        return list(self.shelf.heads)

    def heads_moved(self, heads: dict[str, int]) -> None:
        self.shelf.heads_moved(heads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.reader.ensure_running()
        asked = read_request(scope)
        if asked is None:
            return await self.django(scope, receive, send)
        page = None if self.reader.is_blind() else self.shelf.get(asked.key)
        if page is None:
            answer = await self.fetched(asked, scope)
            if answer is None:
                return await self.django(scope, receive, send)
            if answer.page is None:
                return await pass_on(answer.messages, scope, send)
            page = answer.page
        for message in page.messages(asked, scope["method"]):
            await send(message)
        return None

    async def fetched(self, asked: Asked, scope: Scope) -> Answer | None:
        """Django's answer, maybe one that another guest is waiting for already; None where it was for her alone."""
        flight = self.flights.get(asked.key)
        if flight and time.monotonic() - flight.began < JOINABLE_SECONDS:
            answer = await asyncio.shield(flight.task)
            return answer if answer.is_for_all else None
        # A task of its own: the guest who began it may leave, and the others still get their page.
        flight = Flight(asyncio.create_task(self.fetch(asked.key, impersonal(scope, asked.key))))
        self.flights[asked.key] = flight
        flight.task.add_done_callback(lambda _: self.landed(asked.key, flight))
        return await asyncio.shield(flight.task)

    def landed(self, key: Key, flight: Flight) -> None:
        if self.flights.get(key) is flight:
            del self.flights[key]

    async def fetch(self, key: Key, scope: Scope) -> Answer:
        note, messages = Note(), list[Message]()

        async def collect(message: Message) -> None:
            messages.append(message)

        await self.django({**scope, KEPT: note}, empty_body(), collect)
        is_for_all = not is_for_one(messages[0])
        if messages[0]["status"] != 200 or not is_for_all:
            return Answer(messages, None, is_for_all)
        page, stands = await reading(self.finish, messages, note, key.path)
        if stands:
            self.shelf.put(key, page)
        return Answer(messages, page, is_for_all)

    def finish(self, messages: list[Message], note: Note, path: str) -> tuple[Page, bool]:
        """On a thread: the page, and whether it still stands, asked of the database once more,
        because bells for streams that nobody followed yet have passed unheard."""
        page = make_page(messages, note, path)
        try:
            return page, bool(note.heads) and self.reader.heads_of(note.heads) == note.heads
        except Exception as error:
            log.warning("a page was not kept: %r", error)
            return page, False


def is_for_one(start: Message) -> bool:
    """Whether this answer sets a cookie, forbids being kept, or came in a form we did not ask for."""
    for name, value in start["headers"]:
        match name.lower():
            case b"set-cookie" | b"content-encoding":
                return True
            case b"cache-control" if b"private" in value or b"no-store" in value:
                return True
    return False


def empty_body() -> Receive:
    """The body of a GET; then a line that never breaks."""
    once = [Message(type="http.request", body=b"", more_body=False)]

    async def receive() -> Message:
        if not once:
            await asyncio.get_running_loop().create_future()
        return once.pop()

    return receive


async def pass_on(messages: list[Message], scope: Scope, send: Send) -> None:
    await send(messages[0])
    for message in messages[1:]:
        await send({**message, "body": b""} if scope["method"] == "HEAD" else message)
