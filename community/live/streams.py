"""The port: what a kind of stream is. Rooms fill it from their `streams.py`."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any, Final

from django.utils import timezone, translation

from community.facts.models import Fact
from community.live.keep import heads_of

MOST_BEHIND: Final = 200  # facts; who is further behind fetches the page
DIGITS: Final = 15  # of a stream's key
# Asked at every commit: said in SQL it costs a quarter of what composing it did.
FACTS_OF_STREAM: Final = """
    SELECT fact.* FROM facts_fact AS fact JOIN facts_streamentry AS entry ON entry.fact_id = fact.id
    WHERE entry.stream = %s AND entry.seq > %s AND entry.seq <= %s ORDER BY entry.seq
"""
Message = dict[str, Any]


@dataclass(frozen=True)
class Thing:
    """What one fragment of a page is now. docs/live.md says what the browser makes of it.

    Params: place, compared as a plain string; html, None where this audience sees nothing of it.
    """

    id: str
    html: str | None = None
    place: str = ""
    version: int = 0
    data: Mapping[str, Any] = field(default_factory=dict)

    def as_message(self) -> Message:
        said: Message = {"id": self.id, "place": self.place, "version": self.version, "html": self.html}
        return said | {"data": self.data} if self.data else said


Audiences = Callable[[int, Collection[int | None]], dict[int | None, str | None]]
Things = Callable[[int, list[Fact], str, str], list[Thing] | None]
Now = Callable[[int, str, str], list[Thing]]


@dataclass(frozen=True)
class StreamKind:
    """`thread`, of which `thread:42` is one stream.

    Params: audiences, of a key and ids of members (None is a guest) the class that each is in, None where
    she may not watch; at most four classes. things, of a key, facts, a language and a class what has to be
    put on the page, None where it had better be fetched whole. now, what holds without any news.
    The active language is the one asked for, the zone UTC.
    """

    name: str
    audiences: Audiences
    things: Things
    now: Now | None = None


class NoSuchStream(LookupError):
    """No room knows a stream of this name."""


_kinds: dict[str, StreamKind] = {}
_additions: dict[str, list[StreamKind]] = {}


def provides(kind: StreamKind) -> None:
    """Make a kind of stream known."""
    _kinds[kind.name] = kind


def adds(kind: StreamKind) -> None:
    """Let a higher room show things of its own on streams of a kind that a lower one provides: its audiences hold."""
    _additions.setdefault(kind.name, []).append(kind)


def split(stream: str) -> tuple[StreamKind, int]:
    """`thread:42` → its kind and 42; a stream without a key has 0. Raises: NoSuchStream."""
    name, _, key = stream.partition(":")
    kind = _kinds.get(name)
    fits = key == "" or (key.isascii() and key.isdigit() and len(key) <= DIGITS and str(int(key)) == key)
    if kind is None or not fits or stream.endswith(":"):
        raise NoSuchStream(stream)
    return kind, int(key or 0)


def audience_of(stream: str, member_id: int | None) -> str | None:
    kind, key = split(stream)
    return kind.audiences(key, [member_id])[member_id]


def reset(stream: str, head: int) -> Message:
    return {"reset": stream, "head": head}


def changes(stream: str, since: int | None, language: str, audience: str, *, head: int | None = None) -> Message:
    """What one class of viewers has to put on its pages to come from `since` to the head, or a reset.

    Call it inside a snapshot. Params: since, None for what holds at the head; head, where it is known.
    """
    head = heads_of([stream])[stream] if head is None else head
    kind, key = split(stream)
    if since is None:
        now = _said(kind, language, lambda each: each.now(key, language, audience) if each.now else [])
        return _frame(stream, head, head, now)
    if not 0 <= head - since <= MOST_BEHIND:
        return reset(stream, head)
    facts = list(Fact.objects.raw(FACTS_OF_STREAM, [stream, since, head])) if head > since else []
    if len(facts) != head - since:  # older than what is kept, or a restored backup
        return reset(stream, head)
    things = _said(kind, language, lambda each: each.things(key, facts, language, audience)) if facts else []
    return _frame(stream, since, head, things)


def _said(kind: StreamKind, language: str, ask: Callable[[StreamKind], list[Thing] | None]) -> list[Thing] | None:
    """What the kind and those who add to it say; None where one of them would rather have the page fetched."""
    with translation.override(language), timezone.override(UTC):
        told = [ask(each) for each in (kind, *_additions.get(kind.name, ()))]
    return None if None in told else _joined(things for things in told if things is not None)


def _joined(told: Iterable[list[Thing]]) -> list[Thing]:
    return [thing for things in told for thing in things]


def _frame(stream: str, after: int, head: int, things: list[Thing] | None) -> Message:
    if things is None:
        return reset(stream, head)
    return {"stream": stream, "after": after, "head": head, "things": [thing.as_message() for thing in things]}
