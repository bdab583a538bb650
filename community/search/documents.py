"""The port: what each room has to be found. Rooms fill it in their `documents.py`."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from community.facts.listeners import fact_name
from community.facts.models import Fact
from community.members.rulings import Viewer
from community.search.engine import Document, Kind, SearchRequest

LONGEST_NUMBER = 15  # digits of an id


@dataclass(frozen=True)
class Found:
    """A hit as this reader may see it, read from the database just now.

    Params: title and its language; text, plain, of which the best passage is shown; address, to the very post or
    second; who and where, in a word each; at, of which the day is shown; start, of a moment, in seconds;
    moments, of a window of speech: from which character of its text on which second is reached, and its address.
    """

    kind: Kind
    title: str
    title_language: str
    text: str
    language: str
    address: str
    who: str = ""
    where: str | Promise = ""
    at: datetime | None = None
    start: int | None = None
    moments: tuple[tuple[int, int, str], ...] = ()

    @property
    def clock(self) -> str:
        """Where in a recording, `1:02:07`; "" for what is none."""
        if self.start is None:
            return ""
        minutes, seconds = divmod(self.start, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@dataclass(frozen=True)
class Findable:
    """One kind of key that a room brings.

    Params: prefix, of its keys, `post` in `post-55`; documents, by ids, those that are there now and no others, so that
    a key without one leaves the index; ids, all of them in slices, for a rebuild; show, by ids, what this viewer may
    see of them, asked of the room's rule; audiences, those a viewer belongs to; look, the database's own plain answer
    where no engine answers: ids of what she may see, best first, narrowed as the request says (`fitting()` of
    `slices.py` helps). Params of `look`: viewer, request, at most how many.
    """

    prefix: str
    documents: Callable[[Iterable[int]], list[Document]]
    ids: Callable[[], Iterator[list[int]]]
    show: Callable[[Viewer, Iterable[int]], Mapping[int, Found]]
    audiences: Callable[[Viewer], Iterable[str]]
    look: Callable[[Viewer, SearchRequest, int], list[int]]


@dataclass(frozen=True)
class Suggested:
    """What is no hit and may be meant: a tag. Params: kind, in a word."""

    title: str
    address: str
    kind: str | Promise
    language: str = ""


@dataclass(frozen=True)
class Place:
    """Where one may search alone: a forum, a series."""

    title: str
    language: str


Suggests = Callable[[Viewer, str, int], list[Suggested]]
Places = Callable[[Viewer, Iterable[int]], Mapping[int, Place]]
Keys = Callable[[Sequence[Fact]], Iterable[str]]
FINDABLE: dict[str, Findable] = {}
CHANGES: dict[type[Any], list[Keys]] = defaultdict(list)  # class of facts → which keys one changes
SUGGESTS: list[Suggests] = []
PLACES: dict[str, Places] = {}  # by prefix, `forum` of `forum-7`
NEWS: dict[type[Any], list[Keys]] = defaultdict(list)  # class of facts → which keys are new by one
HIDES: dict[type[Any], list[Keys]] = defaultdict(list)  # class of facts → which keys may be found no more by one


def finds(findable: Findable) -> Findable:
    FINDABLE[findable.prefix] = findable
    return findable


def suggests(function: Suggests) -> Suggests:
    """Let a function suggest while one types. It is given who types, what, and at most how many are wanted."""
    SUGGESTS.append(function)
    return function


def names_places(prefix: str) -> Callable[[Places], Places]:
    """Let a function name places by their ids, those that its viewer may see."""

    def register(function: Places) -> Places:
        PLACES[prefix] = function
        return function

    return register


def place_named(viewer: Viewer, key: str) -> Place | None:
    """`forum-7`. None where there is none, or none for this viewer."""
    prefix, _, number = key.rpartition("-")
    if prefix not in PLACES or not number.isdecimal() or len(number) > LONGEST_NUMBER:
        return None
    return PLACES[prefix](viewer, [int(number)]).get(int(number))


def changes(*fact_classes: type[Any], hides: bool = False) -> Callable[[Keys], Keys]:
    """Let a function say which keys facts of these classes change; it is given all of one class that are at hand.

    It reads what is so now, as every listener does. Params: hides, after such a fact somebody may find what she found
    before no more: its keys are left out of answers until the index has followed.
    """

    def register(function: Keys) -> Keys:
        for fact_class in fact_classes:
            CHANGES[fact_class].append(function)
            if hides:
                HIDES[fact_class].append(function)
        return function

    return register


def brings(*fact_classes: type[Any]) -> Callable[[Keys], Keys]:
    """Let a function say which keys are new by facts: those of whose searches they fit are told."""

    def register(function: Keys) -> Keys:
        for fact_class in fact_classes:
            NEWS[fact_class].append(function)
        return function

    return register


def keys_told(told: Mapping[type[Any], list[Keys]], facts: Iterable[Fact]) -> Iterator[str]:
    """By CHANGES, HIDES or NEWS. As many queries for many facts as for one of each class."""
    by_name: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_name[fact.name].append(fact)
    for fact_class, functions in told.items():
        if named := by_name.get(fact_name(fact_class)):
            for function in functions:
                yield from function(named)


def ids_in(facts: Iterable[Fact], name: str) -> list[int]:
    """Params: name, `post_id`."""
    return list(dict.fromkeys(fact.ids[name] for fact in facts))


def split(keys: Iterable[str]) -> dict[str, list[int]]:
    """`post-55` and `post-56` as `{"post": [55, 56]}`; of rooms that are here, each id once."""
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for key in keys:
        prefix, _, number = key.rpartition("-")
        if prefix in FINDABLE:
            found[prefix][int(number)] = None
    return {prefix: list(ids) for prefix, ids in found.items()}


def documents_of(keys: Iterable[str]) -> list[Document]:
    return [document for prefix, ids in split(keys).items() for document in FINDABLE[prefix].documents(ids)]
