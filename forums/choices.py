"""The closed lists of the forums."""

from django.db import models
from django.utils.translation import pgettext_lazy

POSTS = "forums.post"  # what files know posts by
OUTCOMES = "forums.outcome"
PROPOSALS = "forums.proposal"  # of files that would be public with another text of an outcome; by the outcome's id


class ForumKind(models.TextChoices):
    DISCUSSION = "discussion", pgettext_lazy("kind of forum", "Discussion")
    QUESTIONS = "questions", pgettext_lazy("kind of forum", "Questions and answers")
    EXCHANGE = "exchange", pgettext_lazy("kind of forum", "Peer exchange")


class Audience(models.TextChoices):
    GUESTS = "guests", pgettext_lazy("who may read", "Everybody")
    MEMBERS = "members", pgettext_lazy("who may read", "Members")
    GROUP = "group", pgettext_lazy("who may read", "A group")
    PARTIES = "parties", pgettext_lazy("who may read", "The cities taking part")  # of threads, never of forums


class PostKind(models.TextChoices):
    OPENING = "opening", pgettext_lazy("kind of post", "Opening post")
    REPLY = "reply", pgettext_lazy("kind of post", "Reply")
    ANSWER = "answer", pgettext_lazy("kind of post", "Answer")
    COMMENT = "comment", pgettext_lazy("kind of post", "Comment")


class Order(models.TextChoices):
    """How a list of threads is ordered or narrowed, as the address says it (`?order=`)."""

    ACTIVE = "active", pgettext_lazy("order of threads", "Latest activity")
    NEWEST = "newest", pgettext_lazy("order of threads", "Newest")
    UNANSWERED = "unanswered", pgettext_lazy("order of threads", "Unanswered")
    NOT_ACCEPTED = "not-accepted", pgettext_lazy("order of threads", "No accepted answer")
    HELPFUL = "helpful", pgettext_lazy("order of threads", "Most helpful")
    UNREAD = "unread", pgettext_lazy("order of threads", "Unread")


class Stage(models.TextChoices):
    """How far an exchange has come."""

    ASKED = "asked", pgettext_lazy("stage of an exchange", "Asked")
    MATCHED = "matched", pgettext_lazy("stage of an exchange", "Matched")
    MET = "met", pgettext_lazy("stage of an exchange", "Met")
    OUTCOME = "outcome", pgettext_lazy("stage of an exchange", "Outcome")


class PartyRole(models.TextChoices):
    """How a city stands in an exchange."""

    ASKING = "asking", pgettext_lazy("city in an exchange", "Asked for this")
    INVITED = "invited", pgettext_lazy("city in an exchange", "Invited")
    RESPONDED = "responded", pgettext_lazy("city in an exchange", "Responded")
    MATCHED = "matched", pgettext_lazy("city in an exchange", "Matched")
    UNMATCHED = "unmatched", pgettext_lazy("city in an exchange", "Not matched")  # responded; others were chosen
    LEFT = "left", pgettext_lazy("city in an exchange", "No longer taking part")
