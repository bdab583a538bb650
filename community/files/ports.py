"""What files are attached to. Rooms say in their `holders.py` who may see what of theirs, by their own rules."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from community.members.models import Member
from community.members.rulings import Viewer


@dataclass(frozen=True)
class Place:
    """Where a file is used, for its owner."""

    title: str
    address: str


@dataclass(frozen=True)
class Holder:
    """One kind of thing that has files.

    Params: seen, of these ids those that the viewer may see now, asked at every request for a file; shown, how these
    things are called and found, for a member who sees them; changed, called inside the action after one of a
    thing's files is ready, refused or gone: whatever shows it steps its version there.
    """

    name: str
    seen: Callable[[Viewer, Iterable[int]], set[int]]
    shown: Callable[[Member, Iterable[int]], dict[int, Place]]
    changed: Callable[[int], None]


HOLDERS: dict[str, Holder] = {}
_wanted: list[Callable[[int], set[int]]] = []


def holds(holder: Holder) -> Holder:
    """Make a kind known."""
    HOLDERS[holder.name] = holder
    return holder


def wants(wanted: Callable[[int], set[int]]) -> Callable[[int], set[int]]:
    """Let a room say which files of a member are attached to nothing and still wanted: those in drafts.

    Params: wanted, of a member's id ids of files.
    """
    _wanted.append(wanted)
    return wanted


def is_wanted(file_id: int, *, owner_id: int) -> bool:
    return any(file_id in wanted(owner_id) for wanted in _wanted)


def tell_holder(name: str, held_id: int | None) -> None:
    """A file of this thing is another. Nothing where it is attached to nothing."""
    if held_id is not None and name in HOLDERS:
        HOLDERS[name].changed(held_id)
