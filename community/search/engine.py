"""What an engine of search does for us: one shape of document, one way to ask, whichever engine answers.

An engine finds keys. What is shown of them is read again from the database, through the rule of their room.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from typing import Protocol

from community.search.words import LONGEST_QUESTION, Question, Synonyms, asked

SHAPE = 2  # of documents: steps where what is indexed of them changes in an engine or in the folding
MOST_PAGES = 50
MOST_PER_PAGE = 20
MOST_TOTAL = MOST_PAGES * MOST_PER_PAGE  # counted exactly up to here
MOST_NUMBER = 2**53  # that JSON carries whole
NAME = re.compile(r"[a-z0-9_-]{1,64}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


class Kind(StrEnum):
    POST = "post"
    ANSWER = "answer"
    EXCHANGE = "exchange"  # its request card
    OUTCOME = "outcome"  # its published case study
    SESSION = "session"
    RECORDING = "recording"  # a window of its transcript
    CITY = "city"
    MEMBER = "member"


FIRST_KIND = Kind.OUTCOME  # what is of this kind, and has all the words without a typo, is found before all else


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    ACTIVE = "active"
    HELPFUL = "helpful"


class Facet(StrEnum):
    KIND = "kind"
    LANGUAGE = "language"
    TAG = "tag"
    CITY = "city"
    PROGRAMME = "programme"


@dataclass(frozen=True)
class Document:
    """One thing to be found.

    Params: key, `post-55`, for ever; group, `thread-42`: what is shown once with its best passage; titles and bodies,
    by language, "" where it is not known; audiences, who may find it, of which a reader needs one; places, where it
    stands (`forum-7`, `series-3`); made_at and active_at, in seconds since 1970; start, of a window, in seconds of
    the recording.
    """

    key: str
    kind: Kind
    group: str
    titles: Mapping[str, str]
    bodies: Mapping[str, str]
    audiences: frozenset[str]
    language: str = ""
    names: tuple[str, ...] = ()  # of who wrote it or speaks
    tags: tuple[int, ...] = ()
    cities: tuple[int, ...] = ()
    programmes: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    made_at: int = 0
    active_at: int = 0
    votes: int = 0
    start: int | None = None

    @cached_property
    def version(self) -> int:
        """Of what it says: by it index and database are compared, and other code is seen as another version."""
        said = repr((SHAPE, *(sorted(value) if isinstance(value, frozenset) else value for value in astuple(self))))
        return int.from_bytes(blake2b(said.encode("utf-8", "replace"), digest_size=8).digest()) >> 11


@dataclass(frozen=True)
class SearchRequest:
    """What is asked. Free text is in `q` alone; every other value is an enum, an id or a moment.

    Params: q, as typed, 200 characters at most; audiences, those the reader belongs to: required, and empty finds
    nothing; without, keys left out; within, where there are any, the only keys that may be found; several values of
    one filter: any of them; since and until, seconds since 1970, both included; hint, a language that ranks higher and
    keeps nothing out; page, 1 to 50; facets, to be counted.

    Raises: ValueError for a value that no engine shall see.
    """

    q: str
    audiences: frozenset[str]
    without: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    kinds: tuple[Kind, ...] = ()
    languages: tuple[str, ...] = ()
    tags: tuple[int, ...] = ()
    cities: tuple[int, ...] = ()
    programmes: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    sort: Sort = Sort.RELEVANCE
    hint: str = ""
    page: int = 1
    per_page: int = 20
    facets: tuple[Facet, ...] = ()
    synonyms: Synonyms = ()

    def __post_init__(self) -> None:
        if len(self.q) > LONGEST_QUESTION:
            raise ValueError("q is too long")
        if not 1 <= self.page <= MOST_PAGES or not 1 <= self.per_page <= MOST_PER_PAGE:
            raise ValueError("there is no such page")
        for values, shape in (
            (self.audiences | self.without | self.within, NAME),
            (self.places, NAME),
            (self.languages, LANGUAGE),
            ([self.hint] if self.hint else [], LANGUAGE),
        ):
            if not all(shape.fullmatch(value) for value in values):
                raise ValueError(f"not a value to filter by: {values}")
        numbers = (*self.tags, *self.cities, *self.programmes, self.since or 0, self.until or 0)
        if not all(abs(number) <= MOST_NUMBER for number in numbers):
            raise ValueError("a number is too large")

    @property
    def question(self) -> Question:
        return asked(self.q, self.synonyms)

    @property
    def filters(self) -> dict[str, list[str]]:
        """What narrows it, by the name that both engines give it: of each, one of these values must be there."""
        values: dict[str, Iterable[str | int]] = {
            "audience": self.audiences,
            "place": self.places,
            Facet.KIND.value: self.kinds,
            Facet.LANGUAGE.value: self.languages,
            Facet.TAG.value: self.tags,
            Facet.CITY.value: self.cities,
            Facet.PROGRAMME.value: self.programmes,
        }
        return {name: sorted(map(str, these)) for name, these in values.items() if these}

    @property
    def sorted_by(self) -> str:
        """A number of documents, the greatest first; "" where the engine ranks them by worth."""
        if self.sort is Sort.RELEVANCE:
            return "" if self.question.terms else "made_at"
        return {Sort.NEWEST: "made_at", Sort.ACTIVE: "active_at", Sort.HELPFUL: "votes"}[self.sort]


@dataclass(frozen=True)
class Hit:
    """Params: key, of the best document of its group; more, keys of others of the group that fit, the best first;
    is_near, it has the meaning of what was asked and not the words.
    """

    key: str
    group: str
    more: tuple[str, ...] = ()
    is_near: bool = False


@dataclass(frozen=True)
class SearchResult:
    """Params: total, of groups; is_partial, no document had all words and these have some."""

    hits: Sequence[Hit]
    total: int
    is_total_exact: bool = True
    is_partial: bool = False
    facets: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)


class EngineUnavailable(Exception):
    """It does not answer, or not in time: the database is asked instead, and the delivery comes again."""


class SearchEngine(Protocol):
    """Indexes live side by side by generation, a name such as `g3`. Every call may raise EngineUnavailable."""

    def ensure(self, generation: str, synonyms: Synonyms = ()) -> None:
        """Have an index of this name with our settings; an index that is there is left as it is.

        Params: synonyms, for an engine that keeps them itself; the other has them with each request.
        """

    def apply(self, generation: str, upserts: Sequence[Document], deletes: Iterable[str]) -> str:
        """Take documents in and out. Returns a receipt, for `is_done()`. Repeatable."""

    def is_done(self, receipt: str) -> bool:
        """Whether what the receipt stands for can be found now.

        Raises: ValueError where the engine has refused it for good, with its reason.
        """

    def search(self, generation: str, request: SearchRequest) -> SearchResult: ...

    def versions(self, generation: str) -> Iterator[tuple[str, int]]:
        """Every key with its version, for a comparison with the database."""

    def drop(self, generation: str) -> None:
        """Forget an index; one that is not there is forgotten already."""

    def is_healthy(self, generation: str) -> bool:
        """Whether this index can be asked just now."""
