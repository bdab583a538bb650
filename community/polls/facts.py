"""What happens to polls. Ids only, and no voter's."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PollFact:
    poll_id: int


class PollOpened(PollFact):
    """It can be voted in."""


class PollChanged(PollFact):
    """Its question, options or terms are others; nobody had voted."""


class PollVoted(PollFact):
    """Its counts are others."""


class PollClosed(PollFact):
    """Nobody can vote any more."""


class PollReopened(PollFact):
    """It can be voted in again."""


class PollDue(PollFact):
    """For when its time has come."""
