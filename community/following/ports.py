"""What can be followed: each room says in its `followed.py` how its things show themselves."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from community.following.choices import MEANINGS, Level
from community.members.models import Member


@dataclass(frozen=True)
class Card:
    """A thing as it reads now, in the active language. Params: language, of the title, where members wrote it."""

    title: str
    url: str
    language: str = ""


@dataclass(frozen=True)
class Followable:
    """Params of `shown`: who reads, ids of things. What it does not return does not exist for her.

    Params: meanings, the levels it can be followed at, with what each means of it; stands_alone, nothing around it
    speaks for it where she has chosen nothing.
    """

    kind: str
    label: Promise | str
    shown: Callable[[Member, Iterable[int]], dict[int, Card]]
    meanings: Mapping[Level, Promise | str] = field(default_factory=lambda: MEANINGS)
    stands_alone: bool = False


FOLLOWABLES: dict[str, Followable] = {}


def can_be_followed(followable: Followable) -> Followable:
    """Make a kind known."""
    FOLLOWABLES[followable.kind] = followable
    return followable
