"""All that is written about polls. The room that a poll stands in asks its own rules first, in the same action."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from community.personal.ports import Person
from community.polls.choices import Results
from community.polls.facts import PollChanged, PollClosed, PollOpened, PollReopened, PollVoted
from community.polls.models import Ballot, Option, Poll
from community.polls.rules import can_change_poll, can_reopen, can_vote


class WrongChoice(ValueError):
    """An option of another poll, or several where one may be chosen. A form says it kindly before."""


@dataclass(frozen=True)
class PollPlan:
    """Params: options, their texts in order, 2 to 10; closes_at, None for a poll that is closed by hand."""

    question: str
    options: tuple[str, ...]
    is_multiple: bool = False
    results: str = Results.ALWAYS
    closes_at: datetime | None = None


@action
def open_poll(plan: PollPlan, *, stream: str, language: str, by: Member) -> Poll:
    """Params: stream, that of the thing it stands in. Records: PollOpened."""
    poll = Poll.objects.create(stream=stream, language=language, **_terms(plan))
    _write_options(poll, plan)
    record(PollOpened(poll.pk), streams=[stream], actor_id=by.pk)
    return poll


@action
def change_poll(poll: Poll, plan: PollPlan, *, by: Member) -> Poll:
    """While nobody has voted. Raises: NotAllowed. Records: PollChanged."""
    poll = held_poll(poll.pk)
    insist(can_change_poll(poll))
    poll.options.all().delete()
    _write_options(poll, plan)
    _step(poll, **_terms(plan))
    record(PollChanged(poll.pk), streams=[poll.stream], actor_id=by.pk)
    return poll


@action
def cast(poll: Poll, *, by: Member, option_ids: Collection[int]) -> Poll:
    """What she chooses from now on; nothing takes her vote back.

    Raises: NotAllowed; WrongChoice. Records: PollVoted, without saying who did.
    """
    poll = held_poll(poll.pk)
    insist(can_vote(by, poll))
    chosen = set(option_ids)
    if not poll.is_multiple and len(chosen) > 1:
        raise WrongChoice
    if chosen - set(poll.options.values_list("pk", flat=True)):
        raise WrongChoice
    before = set(Ballot.objects.filter(poll=poll, member=by).values_list("option_id", flat=True))
    if chosen != before:
        _rewrite(poll, by, taken=before - chosen, given=chosen - before)
        _step(poll, voter_count=poll.voter_count + bool(chosen) - bool(before))
        record(PollVoted(poll.pk), streams=[poll.stream])
    return poll


@action
def close_poll(poll: Poll, *, by: Member | None = None) -> Poll:
    """Params: by, None where its time has come. Records: PollClosed."""
    poll = held_poll(poll.pk)
    if poll.closed_at is None:
        _step(poll, closed_at=timezone.now())
        record(PollClosed(poll.pk), streams=[poll.stream], actor_id=by.pk if by else None)
    return poll


@action
def close_if_due(poll_id: int) -> None:
    """Its closing time may have been moved since this was planned."""
    poll = Poll.objects.filter(pk=poll_id).first()
    if poll is not None and poll.closes_at is not None and poll.closes_at <= timezone.now():
        close_poll(poll)


@action
def reopen_poll(poll: Poll, *, by: Member) -> Poll:
    """Counts that all could read while it was closed are shown to all from now on: nobody votes knowing more than
    others. Raises: NotAllowed. Records: PollReopened."""
    poll = held_poll(poll.pk)
    if poll.closed_at is not None:
        insist(can_reopen(poll))
        _step(poll, closed_at=None, results=Results.ALWAYS if poll.voter_count else poll.results)
        record(PollReopened(poll.pk), streams=[poll.stream], actor_id=by.pk)
    return poll


@action
def take_back_ballots(person: Person) -> None:
    """As if she had taken back each of them, in polls that are closed as well. Records: PollChanged."""
    for poll_id in sorted(set(Ballot.objects.filter(member_id=person.id).values_list("poll_id", flat=True))):
        poll = held_poll(poll_id)
        taken = set(Ballot.objects.filter(poll=poll, member_id=person.id).values_list("option_id", flat=True))
        Ballot.objects.filter(poll=poll, member_id=person.id).delete()
        poll.options.filter(pk__in=taken).update(vote_count=F("vote_count") - 1)
        _step(poll, voter_count=poll.voter_count - 1)
        record(PollChanged(poll.pk), streams=[poll.stream])


def held_poll(poll_id: int) -> Poll:
    return Poll.objects.select_for_update(no_key=True).get(pk=poll_id)


def _terms(plan: PollPlan) -> dict[str, Any]:
    return {
        "question": plan.question,
        "is_multiple": plan.is_multiple,
        "results": plan.results,
        "closes_at": plan.closes_at,
    }


def _write_options(poll: Poll, plan: PollPlan) -> None:
    Option.objects.bulk_create(
        Option(poll=poll, text=text, position=position) for position, text in enumerate(plan.options, start=1)
    )


def _rewrite(poll: Poll, member: Member, *, taken: set[int], given: set[int]) -> None:
    Ballot.objects.filter(poll=poll, member=member, option__in=taken).delete()
    Ballot.objects.bulk_create(
        Ballot(poll=poll, option_id=option_id, member=member, is_only=not poll.is_multiple)
        for option_id in sorted(given)
    )
    poll.options.filter(pk__in=taken).update(vote_count=F("vote_count") - 1)
    poll.options.filter(pk__in=given).update(vote_count=F("vote_count") + 1)


def _step(poll: Poll, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(poll, name, value)
    Poll.objects.filter(pk=poll.pk).update(version=F("version") + 1, **fields)
