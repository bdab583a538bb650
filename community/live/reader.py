"""One reader a process: learns by bells, and by looking twice a second, which streams have new heads.

What is new it reads once, renders once for each language and class of viewers, and writes as the same bytes
to every socket that waits for it.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Iterable
from typing import Any, Protocol

from django.conf import settings

from community.live.bells import listen, server_runs_on
from community.live.keep import ACCESS, heads_of
from community.live.limits import SESSION_OVER
from community.live.news import News, Questions, read_news
from community.live.presence import Presence
from community.live.reading import reading
from community.live.streams import reset
from community.live.transport import Frame
from community.live.visitors import Visitor, those_who_left
from community.live.watching import Group, Socket, Subscription, Watch

LOOK_SECONDS = 0.5  # with the time a look takes, news is less than a second old
GRACE_SECONDS = 1.0  # by then whatever was committed has been written to whoever waits for it
BLIND_AFTER_SECONDS = 1.0  # what was looked at longer ago is not answered with
log = logging.getLogger(__name__)


class Follower(Protocol):
    """Somebody who has to know the heads of some streams."""

    def streams(self) -> Collection[str]: ...

    def heads_moved(self, heads: dict[str, int]) -> None:
        """Called on the loop, with any streams, in any order, late and more than once."""


class Reader:
    def __init__(self, heads_of: Callable[[Iterable[str]], dict[str, int]] = heads_of) -> None:
        self.heads_of = heads_of
        self.followers: list[Follower] = []
        self.watch = Watch()
        self.presence = Presence(self.watch)
        self.looked_at = float("-inf")  # time.monotonic() when the last whole look that succeeded began
        self.rung: set[str] = set()  # watched streams that were rung since the last look
        self.woken = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []

    def is_blind(self) -> bool:
        return time.monotonic() - self.looked_at > BLIND_AFTER_SECONDS

    def ensure_running(self) -> None:
        """Called with each request and socket, on the loop: no lock is needed."""
        loop = asyncio.get_running_loop()
        if self.tasks and not self.tasks[0].done() and self.tasks[0].get_loop() is loop:
            return
        self.woken = asyncio.Event()
        server_runs_on(loop, self.heard)
        ears = {"bell": self.heard_bell, "presence": self.presence.heard}
        self.tasks = [loop.create_task(task) for task in (self.keep_looking(), listen(ears), self.keep_beating())]

    # --- Hearing ---

    def heard_bell(self, message: dict[str, Any]) -> None:
        self.heard(message["heads"])

    def heard(self, heads: dict[str, int]) -> None:
        self.tell_followers(heads)
        watched = {stream for stream in heads if stream in self.watch.by_stream}
        if ACCESS in heads and self.watch.sockets:
            watched.add(ACCESS)
        if watched:
            self.rung |= watched
            self.woken.set()

    def tell_followers(self, heads: dict[str, int]) -> None:
        for follower in self.followers:
            follower.heads_moved(heads)

    # --- Looking ---

    async def keep_looking(self) -> None:
        whole_at = 0.0
        while True:
            is_whole = time.monotonic() >= whole_at
            if is_whole:
                whole_at = time.monotonic() + LOOK_SECONDS
            self.woken.clear()
            try:
                await (self.look() if is_whole else self.look_at_rung())
            except Exception as error:
                log.warning("the reader is blind: %r", error)
                await asyncio.sleep(0.1)
            await self.wait_for_bell(whole_at - time.monotonic())

    async def wait_for_bell(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self.woken.wait(), max(0.0, seconds))
        except TimeoutError:
            pass

    async def look(self) -> None:
        """At every stream that anybody here follows or watches, in one query."""
        started = time.monotonic()
        followed = {stream for follower in self.followers for stream in follower.streams()}
        self.rung.clear()
        if self.watch.sockets:
            self.tell_followers(await self.look_for_sockets(set(self.watch.by_stream), followed))
        elif followed:
            self.tell_followers(await reading(self.heads_of, followed))
        self.looked_at = started

    async def look_at_rung(self) -> None:
        rung, self.rung = self.rung, set()
        if self.watch.sockets:
            # Where `access` has moved, everything is asked again, and the reader must know all the heads.
            await self.look_for_sockets(set(self.watch.by_stream) if ACCESS in rung else rung)

    async def look_for_sockets(self, watched: Collection[str], followed: Collection[str] = ()) -> dict[str, int]:
        asked, groups = {*watched, *followed}, self.watch.groups(watched)
        access, questions = self.watch.take_oldest_access(), None
        try:
            news = await reading(read_news, asked, groups, access)
            if news is None:  # seldom: what it costs to gather the questions is spared in all other looks
                asked |= set(self.watch.by_stream)
                groups = self.watch.groups(self.watch.by_stream)
                questions = Questions(self.watch.watchers(), self.watch.visitors())
                news = await reading(read_news, asked, groups, access, questions)
            assert news is not None  # noqa: S101 - there were questions, or nothing to ask
        except Exception:
            if access is not None:
                self.watch.asked_at(access)
            raise
        self.heed(news, questions)
        self.write(news, groups)
        self.presence.tell_all(news.heads[ACCESS])
        return news.heads

    # --- Telling ---

    def show_out(self, left: Collection[Visitor]) -> None:
        for socket in [socket for socket in self.watch.sockets if socket.visitor in left]:
            self.leave(socket)
            socket.outlet.close(SESSION_OVER.code, SESSION_OVER.reason)

    def heed(self, news: News, questions: Questions | None) -> None:
        """Heed what was asked of the rules. Who came while we read is asked for by the next look."""
        access = news.heads[ACCESS]
        if self.watch.sockets:
            self.watch.asked_at(access)
        if questions is None:
            return
        self.show_out(news.left)
        for socket in self.watch.sockets:
            if socket.visitor in questions.visitors:
                socket.access = max(socket.access, access)
        for stream, classes in news.audiences.items():
            for each in self.watch.on(stream):
                if each.member_id in classes and each.access < access:
                    each.access = access
                    self.put_in_class(each, classes[each.member_id], head=news.heads.get(stream, each.last))

    def put_in_class(self, subscription: Subscription, audience: str | None, *, head: int) -> None:
        if audience != subscription.audience:
            stream = subscription.stream
            self.watch.unsubscribe(subscription.socket, stream)
            subscription.write(Frame({"gone": stream} if audience is None else reset(stream, head)))

    def write(self, news: News, groups: dict[Group, int]) -> None:
        """The innermost loop of the house: each step in it is taken for every socket at every commit."""
        access = news.heads[ACCESS]
        for group, frame in news.frames.items():
            (stream, language, audience), head, after = group, news.heads[group[0]], groups[group]
            for each in self.watch.on(stream):
                if each.access != access or each.language != language or each.audience != audience:
                    continue
                # Who joined meanwhile is served by the next look; a mark beyond the head means a restored database.
                if after <= each.last < head or (frame.is_reset and each.last > head):
                    if frame.is_reset:
                        self.watch.unsubscribe(each.socket, stream)
                    each.socket.outlet.write(frame)
                    each.last = head

    def join(self, subscription: Subscription, backlog: Frame) -> None:
        """Bring it up, and look for whatever was committed since its backlog was read."""
        subscription.write(backlog)
        self.watch.subscribe(subscription)
        self.presence.greet(subscription)
        self.heard({subscription.stream: subscription.last})

    def leave(self, socket: Socket) -> None:
        for stream in list(socket.subscriptions):
            self.presence.left(socket, stream)
        self.watch.leave(socket)

    # --- Beating ---

    async def keep_beating(self) -> None:
        """Tells every socket the heads of its streams, so that the browser too would notice a loss, ours as well.

        They are told a while after they were read: a reader that works has written all up to them by then, and
        nobody fetches what is on its way.
        """
        grace = min(GRACE_SECONDS, settings.LIVE_HEARTBEAT_SECONDS / 2)
        while True:
            await asyncio.sleep(settings.LIVE_HEARTBEAT_SECONDS - grace)
            heads: dict[str, int] = {}
            try:
                self.show_out(await reading(those_who_left, {socket.visitor for socket in self.watch.sockets}))
                heads = await reading(self.heads_of, set(self.watch.by_stream))
            except Exception as error:
                log.warning("sessions and heads were not looked at: %r", error)
            await asyncio.sleep(grace)
            for outlet, marks in self.watch.standing(heads).items():
                outlet.write(Frame({"heads": marks}))


reader = Reader()
