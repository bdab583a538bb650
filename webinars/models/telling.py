"""What organisers write to those who come."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from webinars.models.schedule import Session


class ChangeNote(models.Model):
    """A few words of an organiser beside the mail that tells of a change; kept with the change, in one transaction.

    Who was told an earlier version of the session reads it, and nobody who was told this one.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="change_notes")
    version = models.PositiveIntegerField()  # of the session, as the change left it
    is_off = models.BooleanField(default=False)  # what it is about: a session that does not take place
    texts = models.JSONField(default=dict)  # language → plain text
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "version"], name="one_note_a_version")]

    def __str__(self) -> str:
        return f"note on version {self.version} of session {self.session_id}"
