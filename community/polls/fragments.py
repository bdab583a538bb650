"""A poll as every viewer of one class sees it: no name is in it, and no count before its time."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string

from community.live.fragments import KeptFragments
from community.polls.models import Option, Poll
from community.polls.rules import sees_results

GUEST, MEMBER, VOTER = "guest", "member", "voter"  # a voter has voted, where that shows her the results


@dataclass(frozen=True)
class ShownPoll:
    """Params: deeds, the name of the address of what can be done with it; key, what that address needs."""

    poll: Poll
    options: tuple[Option, ...]
    deeds: str
    key: int


@dataclass(frozen=True)
class Line:
    """One option: `share` in whole percent of those who voted."""

    option: Option
    share: int


def lines_of(shown: ShownPoll) -> Iterable[Line]:
    voters = shown.poll.voter_count
    return [Line(option, round(100 * option.vote_count / voters) if voters else 0) for option in shown.options]


def _render(shown: ShownPoll, language: str, audience: str) -> str:
    poll = shown.poll
    context = {
        "poll": poll,
        "lines": lines_of(shown),
        "deeds": shown.deeds,
        "key": shown.key,
        "shows_results": sees_results(poll, has_voted=audience == VOTER),
        "takes_votes": poll.closed_at is None and audience != GUEST,
        "is_guest": audience == GUEST,
    }
    return render_to_string("polls/_poll.html", context)


def _version(shown: ShownPoll) -> Hashable:
    """All that the fragment shows. Where rows were put back, the day it was opened tells one poll from another."""
    poll = shown.poll
    return (poll.pk, poll.version, poll.opened_at, poll.results, poll.closed_at, shown.deeds, shown.key)


poll_fragment = KeptFragments(_render, version=_version, size=2_000)
