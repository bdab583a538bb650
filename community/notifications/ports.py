"""What rooms tell their members about: each says in its `notices.py` how its notices read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from community.members.models import Member


@dataclass(frozen=True)
class Cause:
    """Why she is told: a sentence, and where what it names stands."""

    text: str
    url: str


@dataclass(frozen=True)
class Shown:
    """A notice as it reads now, in the active language.

    Params: many, how it reads where so many of its kind and subject are told in one line; cause, where she is
    told because she has chosen to be.
    """

    text: str
    url: str
    many: Callable[[int], str] | None = None
    cause: Cause | None = None


@dataclass(frozen=True)
class NoticeKind:
    """Params of `shown`: who reads, ids of the things spoken of. What it does not return is not shown to her.

    Params: is_state, it says how a thing stands, which only the last one told of it does.
    """

    name: str
    shown: Callable[[Member, Iterable[int]], dict[int, Shown]]
    is_state: bool = False


NOTICE_KINDS: dict[str, NoticeKind] = {}


def tells(kind: NoticeKind) -> NoticeKind:
    """Make a kind known."""
    NOTICE_KINDS[kind.name] = kind
    return kind
