"""What organisers write to those who come, and what a session was before a change of which they are told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import pgettext_lazy

from i18n.languages import CODES
from webinars.models.schedule import Session


class ChangeNote(models.Model):
    """A few words of an organiser beside the mail that tells of a change; kept with the change, in one transaction.

    Who comes or speaks and was told an earlier version of the session reads it, and nobody who was told this one.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="change_notes")
    version = models.PositiveIntegerField()  # of the session, as the change left it
    is_off = models.BooleanField(default=False)  # what it is about: a session that does not take place
    for_attendees = models.BooleanField(default=True)
    for_speakers = models.BooleanField(default=True)
    texts = models.JSONField(default=dict)  # language → plain text
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "version"], name="one_note_a_version")]

    def __str__(self) -> str:
        return f"note on version {self.version} of session {self.session_id}"


class Former(models.Model):
    """What a session was before a change of its time or title; kept with the change, in one transaction.

    The mail of the change names it to whoever was told an earlier version of the session.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()  # of the session, as the change left it
    starts_at = models.DateTimeField()
    titles = models.JSONField(default=dict)  # language → one line

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "version"], name="one_former_a_version")]

    def __str__(self) -> str:
        return f"session {self.session_id} before version {self.version}"

    @classmethod
    def of(cls, session: Session) -> "Former":
        """The session as it is, which is about to change. It is not stored."""
        titles = {code: title for code in CODES if (title := getattr(session, f"title_{code}"))}
        return cls(session=session, version=session.version + 1, starts_at=session.starts_at, titles=titles)


class Audience(models.TextChoices):
    """To whom of those who come an organiser writes."""

    REGISTERED = "registered", pgettext_lazy("to whom an organiser writes", "Who is registered")
    WAITING = "waiting", pgettext_lazy("to whom an organiser writes", "Who waits for a seat")
    BOTH = "both", pgettext_lazy("to whom an organiser writes", "Both")


class Message(models.Model):
    """What an organiser wrote to those who come: one mail to each, in her language or the session's original one."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="messages")
    audience = models.CharField(max_length=12, choices=Audience.choices)
    subjects = models.JSONField(default=dict)  # language → one line
    texts = models.JSONField(default=dict)  # language → plain text
    count = models.PositiveIntegerField()  # to how many it went out
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    token = models.CharField(max_length=64, default="", blank=True)  # of one submission, as `token_in` makes it
    sent_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token"], condition=~Q(token=""), name="one_message_a_token"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} to session {self.session_id}"

    @property
    def wordings(self) -> list[tuple[str, str, str]]:
        """By language: its code, its subject and its text."""
        return [(code, self.subjects[code], self.texts[code]) for code in CODES if code in self.texts]
