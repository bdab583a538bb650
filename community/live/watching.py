"""Who watches what in this process: sockets and their subscriptions."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from community.live.transport import Frame, Outlet
from community.live.visitors import Visitor

Key = TypeVar("Key")
Group = tuple[str, str, str]  # a stream, a language, a class of viewers


@dataclass(eq=False, slots=True)
class Subscription:
    socket: "Socket"
    stream: str
    language: str
    audience: str
    access: int  # the number of `access` at which the rule was last asked for it
    last: int  # the head that this socket has been brought to

    @property
    def member_id(self) -> int | None:
        return self.socket.visitor.member_id

    def write(self, frame: Frame) -> None:
        self.socket.outlet.write(frame)


@dataclass(eq=False, slots=True)
class Socket:
    outlet: Outlet
    visitor: Visitor
    address: str
    access: int  # the number of `access` at which the visitor's session was last asked for
    subscriptions: dict[str, Subscription] = field(default_factory=dict)


class Watch:
    """Changed on the loop only."""

    def __init__(self) -> None:
        self.sockets: set[Socket] = set()
        self.by_stream: dict[str, set[Subscription]] = {}
        self.of_member: Counter[int] = Counter()
        self.of_address: Counter[str] = Counter()
        self.oldest_access: int | None = None  # None where there was nothing to ask

    def enter(self, socket: Socket) -> None:
        self.sockets.add(socket)
        self.of_address[socket.address] += 1
        if socket.visitor.member_id is not None:
            self.of_member[socket.visitor.member_id] += 1
            self.asked_at(socket.access)

    def leave(self, socket: Socket) -> None:
        if socket not in self.sockets:
            return
        self.sockets.discard(socket)
        for stream in list(socket.subscriptions):
            self.unsubscribe(socket, stream)
        _count_down(self.of_address, socket.address)
        if socket.visitor.member_id is not None:
            _count_down(self.of_member, socket.visitor.member_id)

    def subscribe(self, subscription: Subscription) -> None:
        self.unsubscribe(subscription.socket, subscription.stream)
        subscription.socket.subscriptions[subscription.stream] = subscription
        self.by_stream.setdefault(subscription.stream, set()).add(subscription)
        self.asked_at(subscription.access)

    def unsubscribe(self, socket: Socket, stream: str) -> None:
        subscription = socket.subscriptions.pop(stream, None)
        if subscription:
            watching = self.by_stream[stream]
            watching.discard(subscription)
            if not watching:
                del self.by_stream[stream]

    def on(self, stream: str) -> list[Subscription]:
        return list(self.by_stream.get(stream, ()))

    def groups(self, streams: Collection[str]) -> dict[Group, int]:
        """What has to be rendered for these streams, each from the lowest mark of those who would get it."""
        lowest: dict[Group, int] = {}
        for stream in streams:
            # Of a thousand sockets all but a few stand at the same mark.
            marks = {(each.language, each.audience, each.last) for each in self.by_stream.get(stream, ())}
            for language, audience, last in marks:
                group = (stream, language, audience)
                lowest[group] = min(lowest.get(group, last), last)
        return lowest

    def visitors(self) -> set[Visitor]:
        return {socket.visitor for socket in self.sockets}

    def watchers(self) -> dict[str, set[int | None]]:
        return {stream: {each.member_id for each in watching} for stream, watching in self.by_stream.items()}

    def asked_at(self, access: int) -> None:
        """Something here was asked of the rules at this number of `access`."""
        self.oldest_access = access if self.oldest_access is None else min(self.oldest_access, access)

    def take_oldest_access(self) -> int | None:
        """The lowest number of `access` at which anything here was asked. From now on only newcomers are counted,
        until `asked_at` says what came of the others."""
        oldest, self.oldest_access = self.oldest_access, None
        return oldest

    def standing(self, heads: Mapping[str, int]) -> dict[Outlet, dict[str, int]]:
        """By socket, the head of each of its streams; how far it was written to where that is not known."""
        marks: dict[Outlet, dict[str, int]] = defaultdict(dict)
        for socket in self.sockets:
            for stream, subscription in socket.subscriptions.items():
                marks[socket.outlet][stream] = heads.get(stream, subscription.last)
        return marks


def _count_down(counter: "Counter[Key]", key: Key) -> None:
    counter[key] -= 1
    if not counter[key]:
        del counter[key]
