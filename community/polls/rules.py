"""Who may do what with a poll that she may see. Whether she may is for the room to say in which it stands."""

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from community.members.rulings import YES, Ruling, Viewer, no
from community.polls.choices import Results
from community.polls.models import Poll

CLOSED = no(pgettext_lazy("why not", "This poll is closed."))


def is_open(poll: Poll) -> bool:
    """By the clock too: what closes it may be a moment late."""
    return poll.closed_at is None and (poll.closes_at is None or poll.closes_at > timezone.now())


def can_vote(viewer: Viewer, poll: Poll) -> Ruling:
    if not (viewer.is_authenticated and viewer.is_active):
        return no(pgettext_lazy("why not", "Sign in first, please."))
    return YES if is_open(poll) else CLOSED


def can_change_poll(poll: Poll) -> Ruling:
    """A vote was given to the words as they stood."""
    if poll.voter_count:
        return no(pgettext_lazy("why not", "Members have voted already, so the poll stays as it is."))
    return YES


def can_reopen(poll: Poll) -> Ruling:
    if poll.closes_at is not None and poll.closes_at <= timezone.now():
        return no(pgettext_lazy("why not", "Its closing time has passed."))
    return YES


def sees_results(poll: Poll, *, has_voted: bool) -> bool:
    """Nobody does more than others but by voting: not who asks, nor who moderates."""
    return poll.shows_results or (has_voted and poll.results == Results.VOTED)
