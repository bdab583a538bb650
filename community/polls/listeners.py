"""A poll is closed when its time comes, so that open and kept pages are told."""

from community.facts.deliveries import deliver
from community.facts.listeners import listens, listens_for_one
from community.facts.models import Fact
from community.polls.actions import close_if_due
from community.polls.facts import PollChanged, PollOpened, PollReopened
from community.polls.models import Poll


@listens(PollOpened, PollChanged, PollReopened)
def plan_closing(fact: Fact) -> None:
    poll = Poll.objects.filter(pk=fact.ids["poll_id"], closed_at=None, closes_at__isnull=False).first()
    if poll is not None:
        deliver(fact, close_in_time, to=[poll.pk], due_at=poll.closes_at)


@listens_for_one()
def close_in_time(fact: Fact, poll_id: int) -> None:
    """Params: poll_id, where other deliveries have a recipient."""
    close_if_due(poll_id)
