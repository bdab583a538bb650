"""What rooms above add to a member's page: each says in its `profiles.py` which pages and numbers are its own."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from community.members.models import Member
from community.members.rulings import Viewer
from community.members.shown import ShownProfile


@dataclass(frozen=True)
class Tab:
    """A page of a member's, beside what she says about herself. Params: name, `url(handle)` makes its address."""

    name: str
    label: Promise | str
    url: Callable[[str], str]


@dataclass(frozen=True)
class Written:
    """What a room knows of a member.

    Params: figures, sentences with numbers, counted only from what the viewer may see; streams, what they
    are made from for that viewer.
    """

    tabs: tuple[Tab, ...]
    figures: Callable[[Viewer, Member], list[str]]
    streams: Callable[[Viewer], list[str]]


WRITTEN: list[Written] = []


def adds_to_profiles(written: Written) -> None:
    """Make it known."""
    WRITTEN.append(written)


def streams_of_profile(viewer: Viewer) -> list[str]:
    return [stream for written in WRITTEN for stream in written.streams(viewer)]


def profile_context(viewer: Viewer, shown: ShownProfile, *, here: str) -> dict[str, object]:
    """For `members/_profile_head.html`: nothing where the viewer does not see her activity.

    Params: here, the name of the tab that is shown, empty for the first.
    """
    member = shown.member
    if not shown.activity:
        return {"tabs": [], "tab_here": here, "figures": []}
    return {
        "tabs": [
            {"label": tab.label, "url": tab.url(member.handle), "is_here": tab.name == here}
            for written in WRITTEN
            for tab in written.tabs
        ],
        "tab_here": here,
        "figures": [figure for written in WRITTEN for figure in written.figures(viewer, member)],
    }
