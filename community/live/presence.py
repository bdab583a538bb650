"""Who is here and who is writing. Known for half a minute, never stored, and not kept of those who do not wish it."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from community.live.bells import tell_others
from community.live.streams import Message
from community.live.transport import Frame
from community.live.visitors import Visitor
from community.live.watching import Socket, Subscription, Watch

HERE_SECONDS, WRITING_SECONDS = 30.0, 5.0
CROWD = 50  # beyond, nobody is named


@dataclass(frozen=True)
class Word:
    """What one socket says of its member. Goes to the other processes as it is."""

    stream: str
    member_id: int
    handle: str
    name: str
    here: bool
    writing: bool


@dataclass(frozen=True)
class Seen:
    handle: str
    name: str
    here_until: float  # by the clock
    writing_until: float


class Presence:
    """Changed on the loop only."""

    def __init__(self, watch: Watch, *, tell: Callable[[Message], None] = tell_others) -> None:
        self.watch, self.tell = watch, tell
        self.seen: dict[str, dict[int, Seen]] = {}
        self.told: dict[str, tuple[bytes, Frame]] = {}

    def say(self, visitor: Visitor, stream: str, *, writing: bool, hidden: bool) -> None:
        """A member says that she is here, or writing, or neither any more."""
        if visitor.member_id is None or self.is_crowd(stream):
            return
        was_here = visitor.member_id in self.seen.get(stream, {})
        here = was_here if writing else not hidden
        self.spread(Word(stream, visitor.member_id, visitor.handle, visitor.name, here, writing and not hidden))

    def left(self, socket: Socket, stream: str) -> None:
        """A socket watches this no more. Where she has another one there, she stays."""
        visitor = socket.visitor
        others = (each for each in self.watch.on(stream) if each.member_id == visitor.member_id)
        if visitor.member_id in self.seen.get(stream, {}) and not any(each.socket is not socket for each in others):
            self.spread(Word(stream, visitor.member_id, visitor.handle, visitor.name, here=False, writing=False))

    def spread(self, word: Word) -> None:
        self.note(word)
        self.tell({"type": "presence", **asdict(word)})

    def heard(self, message: dict[str, Any]) -> None:
        """From another process, or our own words again."""
        self.note(Word(**{name: value for name, value in message.items() if name != "type"}))

    def note(self, word: Word) -> None:
        now, here = time.monotonic(), self.seen.setdefault(word.stream, {})
        if not word.here:
            here.pop(word.member_id, None)
            return
        writing_until = now + WRITING_SECONDS if word.writing else now
        here[word.member_id] = Seen(word.handle, word.name, now + HERE_SECONDS, writing_until)

    def is_crowd(self, stream: str) -> bool:
        return len(self.watch.by_stream.get(stream, ())) > CROWD or len(self.seen.get(stream, ())) > CROWD

    def tell_all(self, access: int) -> None:
        """Tell members who watch what has changed since it was last told.

        Params: access, its present number: who was asked for at an older one is told nothing.
        """
        for stream in self.seen.keys() | self.told.keys():
            watching = [each for each in self.watch.on(stream) if each.member_id is not None]
            told, now = self.told.get(stream), self.frame(stream)
            if told is None or told[0] != now.payload:
                self.told[stream] = (now.payload, now)
                for each in watching:
                    if each.access == access:
                        each.write(now)
            if not watching and not self.seen.get(stream):
                self.told.pop(stream, None)
                self.seen.pop(stream, None)

    def greet(self, subscription: Subscription) -> None:
        """Tell a newcomer what the others know."""
        told = self.told.get(subscription.stream)
        if told and subscription.member_id is not None:
            subscription.write(told[1])

    def frame(self, stream: str) -> Frame:
        now, here = time.monotonic(), self.seen.get(stream, {})
        for member_id in [member_id for member_id, seen in here.items() if seen.here_until < now]:
            del here[member_id]
        if self.is_crowd(stream):
            return Frame({"here": stream, "members": [], "writing": [], "crowd": True})
        people = sorted(here.values(), key=lambda seen: seen.handle)
        return Frame(
            {
                "here": stream,
                "members": [{"handle": seen.handle, "name": seen.name} for seen in people],
                "writing": [seen.handle for seen in people if seen.writing_until > now],
                "crowd": False,
            }
        )
