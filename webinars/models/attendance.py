"""Who comes to a session, and whose calendar has it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import pgettext_lazy

from i18n.languages import LANGUAGES
from webinars.models.schedule import Session


class State(models.TextChoices):
    """How somebody stands to a session."""

    ASKED = "asked", pgettext_lazy("state of a registration", "Address not confirmed")
    REQUESTED = "requested", pgettext_lazy("state of a registration", "Asks to come")
    REGISTERED = "registered", pgettext_lazy("state of a registration", "Registered")
    WAITING = "waiting", pgettext_lazy("state of a registration", "On the waiting list")
    OFFERED = "offered", pgettext_lazy("state of a registration", "A seat is offered")
    DECLINED = "declined", pgettext_lazy("state of a registration", "Declined")
    CANCELLED = "cancelled", pgettext_lazy("state of a registration", "Not registered")


class Registration(models.Model):
    """Somebody wants to attend: a member, or whoever has confirmed the address.

    A member's name, address, language and zone are her account's; the columns here are a guest's and empty for her.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="registrations")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="registrations")
    name = models.CharField(max_length=80, default="")
    email = models.EmailField(max_length=254, default="")
    city_name = models.CharField(max_length=120, default="")
    language = models.CharField(max_length=8, choices=LANGUAGES, default="en")
    timezone = models.CharField(max_length=64, default="UTC")  # IANA
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)
    position = models.PositiveIntegerField(default=0)  # in the order in which they came to the session
    offered_until = models.DateTimeField(null=True)
    answers = models.JSONField(default=dict, blank=True)  # to the session's questions, by their ids
    reminds_day = models.BooleanField(default=True)
    reminds_hour = models.BooleanField(default=True)
    day_reminded = models.IntegerField(null=True)  # the session's SEQUENCE of which she was reminded
    hour_reminded = models.IntegerField(null=True)
    told_version = models.PositiveIntegerField(default=0)  # of the session, as our last mail told it
    link_number = models.PositiveIntegerField(default=1)  # steps where her links shall hold no more
    has_come = models.BooleanField(default=False)  # as organisers noted it
    asked_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "member"], condition=Q(member__isnull=False), name="one_registration_a_member"
            ),
            models.UniqueConstraint(
                fields=["session", "email"],
                condition=~Q(email="") & ~Q(state="asked"),
                name="one_registration_an_address",
            ),
        ]
        indexes = [models.Index(fields=["session", "state", "position"], name="registrations_in_order")]

    def __str__(self) -> str:
        return f"{self.state} of session {self.session_id}"


class PersonalFeed(models.Model):
    """A member's own sessions for her calendar program. Its token is kept as a hash, so it is shown once."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="personal_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now)
    last_used_at = models.DateTimeField(null=True)  # to an hour

    def __str__(self) -> str:
        return f"feed of member {self.member_id}"
