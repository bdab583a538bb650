"""Polls, read. Who may ask is for the room to say in which the poll stands."""

from collections.abc import Iterable

from community.members.models import Member
from community.polls.models import Ballot, Option, Poll


def poll_with_options(poll_id: int) -> tuple[Poll, list[Option]]:
    """Two queries. Raises: Poll.DoesNotExist."""
    return Poll.objects.get(pk=poll_id), list(Option.objects.filter(poll=poll_id).order_by("position"))


def chosen_by(member: Member, poll: Poll) -> frozenset[int]:
    """Ids of the options that she has chosen."""
    return frozenset(Ballot.objects.filter(poll=poll, member=member).values_list("option_id", flat=True))


def texts_of(options: Iterable[Option], chosen: frozenset[int]) -> list[str]:
    return [option.text for option in options if option.pk in chosen]
