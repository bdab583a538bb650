"""A poll is closed when its time comes, so that open and kept pages are told."""

from community.facts.actions import record
from community.facts.listeners import listens
from community.facts.models import Fact
from community.polls.actions import close_if_due
from community.polls.facts import PollChanged, PollDue, PollOpened, PollReopened
from community.polls.models import Poll


@listens(PollOpened, PollChanged, PollReopened)
def plan_closing(fact: Fact) -> None:
    poll = Poll.objects.filter(pk=fact.ids["poll_id"], closed_at=None, closes_at__isnull=False).first()
    if poll is not None:
        record(PollDue(poll.pk), due_at=poll.closes_at)


@listens(PollDue)
def close_in_time(fact: Fact) -> None:
    close_if_due(fact.ids["poll_id"])
