"""What happens in moderation. Ids only."""

from dataclasses import dataclass

DECISIONS = "decisions"  # the stream of all that the public log says: it steps, and says no more


@dataclass(frozen=True)
class ReportFact:
    report_id: int
    item_id: int


class Reported(ReportFact):
    """A member reported something."""


class ReportWithdrawn(ReportFact):
    """She took that back before anybody decided."""


@dataclass(frozen=True)
class ReviewItemFact:
    item_id: int


class ReviewItemOpened(ReviewItemFact):
    """Something waits for moderators."""


class ReviewItemClaimed(ReviewItemFact):
    """A moderator is looking at it, or has left it."""


class ReviewItemWithdrawn(ReviewItemFact):
    """Nothing is asked any more."""


class ReviewItemMoved(ReviewItemFact):
    """It is for other moderators to decide."""


@dataclass(frozen=True)
class ReviewItemDecided:
    item_id: int
    decision_id: int


@dataclass(frozen=True)
class Decided:
    """A moderator did something, asked for or not."""

    decision_id: int


@dataclass(frozen=True)
class Appealed:
    """The member concerned asks that somebody looks again."""

    appeal_id: int
    decision_id: int


@dataclass(frozen=True)
class Sanctioned:
    """A member was warned, or her writing paused."""

    sanction_id: int


@dataclass(frozen=True)
class TrustDue:
    """It is time to look how well a member is known: once a day."""

    member_id: int
