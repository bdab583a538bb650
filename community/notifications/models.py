"""What a member is told inside the house."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Notice(models.Model):
    """One thing one member is told. What it speaks of is asked again each time it is shown."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    target_id = models.BigIntegerField()
    subject_id = models.BigIntegerField(null=True)  # those of one kind about one subject are told in one line
    actor_id = models.BigIntegerField(null=True)
    fact_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)  # since when she may not see what it speaks of

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "target_id", "fact_id"], name="one_notice_a_fact")
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="notices_of_a_member"),
            models.Index(fields=["member"], name="unread_notices", condition=Q(read_at=None, withdrawn_at=None)),
            models.Index(fields=["kind", "target_id"], name="notices_on_a_thing"),
            models.Index(fields=["member", "kind", "subject_id"], name="notices_in_one_line"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.member_id}"
