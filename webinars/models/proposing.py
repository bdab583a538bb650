"""Talks and speakers that somebody proposes, and what organisers think of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import pgettext_lazy

from community.members.models import City
from community.topics.models import Theme
from i18n.languages import LANGUAGES
from webinars.models.schedule import Series, Session


class ProposalKind(models.TextChoices):
    OWN = "own", pgettext_lazy("kind of a proposal", "My own talk")
    OTHER = "other", pgettext_lazy("kind of a proposal", "A speaker I know")


class Stage(models.TextChoices):
    """How far a proposal has come."""

    UNCONFIRMED = "unconfirmed", pgettext_lazy("stage of a proposal", "Address not confirmed")
    NEW = "new", pgettext_lazy("stage of a proposal", "New")
    ACCEPTED = "accepted", pgettext_lazy("stage of a proposal", "Accepted")
    DECLINED = "declined", pgettext_lazy("stage of a proposal", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("stage of a proposal", "Withdrawn")


class Opinion(models.TextChoices):
    YES = "yes", pgettext_lazy("an organiser's vote on a proposal", "Yes")
    MAYBE = "maybe", pgettext_lazy("an organiser's vote on a proposal", "Maybe")
    NO = "no", pgettext_lazy("an organiser's vote on a proposal", "No")


class Proposal(models.Model):
    """A talk or a speaker for the schedule. Title, abstract and needs are texts of whoever proposes, in `language`.

    A member's name, address and language are her account's; `name`, `email` and `mail_language` are a guest's.
    """

    kind = models.CharField(max_length=8, choices=ProposalKind.choices)
    title = models.CharField(max_length=200)
    abstract = models.TextField()
    language = models.CharField(max_length=8, choices=LANGUAGES)  # of the talk
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="+")
    themes = models.ManyToManyField(Theme, blank=True, related_name="+")
    needs = models.TextField(default="", blank=True)
    link = models.URLField(max_length=300, default="", blank=True)
    speaker_name = models.CharField(max_length=80)
    speaker_role = models.CharField(max_length=160)
    speaker_place = models.CharField(max_length=160, default="", blank=True)  # city or organisation
    speaker_email = models.EmailField(max_length=254, default="", blank=True)  # for organisers alone
    city = models.ForeignKey(City, models.SET_NULL, null=True, blank=True, related_name="+")  # the speaker's
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="proposals")
    name = models.CharField(max_length=80, default="", blank=True)
    email = models.EmailField(max_length=254, default="", blank=True)
    mail_language = models.CharField(max_length=8, choices=LANGUAGES, default="en")
    token = models.CharField(max_length=64, default="", blank=True)  # of one submission, as `token_in` makes it
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.UNCONFIRMED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=500, default="", blank=True)
    session = models.ForeignKey(Session, models.SET_NULL, null=True, related_name="proposals")  # that it became
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token"], condition=~Q(token=""), name="one_proposal_a_token"),
        ]
        indexes = [models.Index(fields=["stage", "id"], name="proposals_by_stage")]

    def __str__(self) -> str:
        return f"proposal {self.pk}"


class ProposalVote(models.Model):
    """What one organiser thinks of a proposal. She may change her mind until it is decided."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="votes")
    organiser = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    opinion = models.CharField(max_length=8, choices=Opinion.choices)
    note = models.CharField(max_length=500, default="", blank=True)
    voted_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "organiser"], name="one_vote_an_organiser")]

    def __str__(self) -> str:
        return f"{self.opinion} to proposal {self.proposal_id}"
