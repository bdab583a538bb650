"""What can be moderated: each room says in its `moderated.py` how its things are looked at, and with which deeds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from community.members.models import Member
from community.members.rulings import Viewer


class Scope(NamedTuple):
    """Where a thing stands, and so who moderates it: `("forum", 7)`; the whole site where nothing is said."""

    kind: str = ""
    id: int = 0


SITE = Scope()


@dataclass(frozen=True)
class ScopeKind:
    """Params: moderated_by, the places that a member moderates in particular; moderators_of, ids of those who
    moderate one; visible_to, the places that somebody sees; name_of, a place's name in the active language.
    """

    name: str
    moderated_by: Callable[[Member], QuerySet[Any]]
    moderators_of: Callable[[int], Iterable[int]]
    visible_to: Callable[[Viewer], QuerySet[Any]]
    name_of: Callable[[Any], str]


class Act(Protocol):
    """A room's own action, which calls `decide` in its transaction and hands `item` and `category` on to it."""

    def __call__(self, thing: Any, /, *, by: Member, reason: str, category: str, item: Any) -> Any: ...


@dataclass(frozen=True)
class Deed:
    """Params: fits, whether it would change anything as the thing stands now."""

    name: str
    words: Promise
    act: Act
    fits: Callable[[Any], bool] = lambda thing: True


@dataclass(frozen=True)
class Moderated:
    """A kind of thing. Params: visible_to, what somebody sees of them, fetched with all that the others look at."""

    name: str  # as addresses say it
    model: type[Model]
    words: Promise
    visible_to: Callable[[Viewer], QuerySet[Any]]
    author: Callable[[Any], Member | None]
    scope: Callable[[Any], Scope]
    language: Callable[[Any], str]
    excerpt: Callable[[Any], str]
    address: Callable[[Any], str]
    deeds: tuple[Deed, ...] = ()


@dataclass(frozen=True)
class Activity:
    """What a member has read, and how often others found her helpful."""

    threads_read: int = 0
    posts_read: int = 0
    helpful: int = 0


@dataclass
class Ports:
    moderated: dict[str, Moderated] = field(default_factory=dict)
    scopes: dict[str, ScopeKind] = field(default_factory=dict)
    activities: list[Callable[[int], Activity]] = field(default_factory=list)


PORTS = Ports()


def moderates_things(kind: Moderated) -> Moderated:
    """Make a kind of thing known."""
    PORTS.moderated[kind.name] = kind
    return kind


def keeps_scopes(kind: ScopeKind) -> ScopeKind:
    """Make a kind of place with moderators of its own known."""
    PORTS.scopes[kind.name] = kind
    return kind


def tells_activity(activity_of: Callable[[int], Activity]) -> Callable[[int], Activity]:
    """Count what a room knows of a member's reading and helping, by her id, towards her trust."""
    PORTS.activities.append(activity_of)
    return activity_of


def kind_of(thing: Model) -> Moderated | None:
    return next((kind for kind in PORTS.moderated.values() if kind.model is type(thing)), None)
