"""The closed lists of moderation, and all numbers by which trust grows and new members are limited."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils.translation import pgettext_lazy

from community.members.choices import Trust


class Category(models.TextChoices):
    """Why something is reported, and why it was decided so, in one word."""

    SPAM = "spam", pgettext_lazy("why a post is reported", "Advertising or spam")
    UNKIND = "unkind", pgettext_lazy("why a post is reported", "Unkind or insulting")
    PERSONAL = "personal", pgettext_lazy("why a post is reported", "Shows somebody's personal data")
    WRONG = "wrong", pgettext_lazy("why a post is reported", "Wrong in a way that may do harm")
    OTHER = "other", pgettext_lazy("why a post is reported", "Something else")


class Cause(models.TextChoices):
    """What put something before moderators."""

    REPORT = "report", pgettext_lazy("what put a thing into the review queue", "Reported")
    WATCH = "watch", pgettext_lazy("what put a thing into the review queue", "First post with links")
    APPEAL = "appeal", pgettext_lazy("what put a thing into the review queue", "Author asks again")


class State(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of a review item", "Open")
    DECIDED = "decided", pgettext_lazy("state of a review item", "Decided")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a review item", "Withdrawn")


class SanctionKind(models.TextChoices):
    WARNING = "warning", pgettext_lazy("kind of sanction", "Warning")
    SILENCE = "silence", pgettext_lazy("kind of sanction", "Writing paused")


CLAIM_LASTS = timedelta(minutes=30)
REPORTS_AN_HOUR = 20
SILENCE_DAYS = (1, 3, 7, 30)
# Deeds that answer what was asked; a thread may be pinned or moved while a report on it waits.
ANSWERS = frozenset(
    {"hide", "restore", "hide-version", "restore-version", "lock", "dismiss", "warn", "unwarn", "silence", "unsilence"}
)
# Deeds that count against whom they concern, until each is taken back by its own inverse.
AGAINST = ("hide", "warn", "silence")
TAKES_BACK = ("restore", "unwarn", "unsilence")
# Deeds whom they concern may ask about. A hidden version counts against nobody: it may be a telephone number.
APPEALABLE = (*AGAINST, "hide-version")
# What is asked about these is for moderators of the whole site, and for another than who decided.
SITE_WIDE = ("silence",)
AGAINST_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Needs:
    """What a level asks for. Params: against_most, decisions against her that have not been taken back, in 90 days."""

    days: int
    threads_read: int
    posts_read: int
    helpful: int
    against_most: int


NEEDS = {
    Trust.MEMBER: Needs(days=2, threads_read=5, posts_read=30, helpful=0, against_most=1),
    Trust.REGULAR: Needs(days=20, threads_read=20, posts_read=150, helpful=5, against_most=1),
    Trust.TRUSTED: Needs(days=90, threads_read=50, posts_read=400, helpful=25, against_most=1),
}


@dataclass(frozen=True)
class Allowance:
    """How much a member may do. None: as much as anybody."""

    links: int | None = None  # a post
    mentions: int | None = None  # a post
    threads_an_hour: int | None = None
    posts_an_hour: int | None = None
    attachments: int | None = None  # a post


ALLOWANCES: dict[int, Allowance] = {
    Trust.NEW: Allowance(links=2, mentions=3, threads_an_hour=2, posts_an_hour=10, attachments=1)
}
FREELY = Allowance()
WATCHED_LINKS = 1  # a newcomer's first post with more links than that is looked at
