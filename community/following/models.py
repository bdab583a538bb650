"""What members follow, and how closely."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from community.following.choices import Level

WRITING = "writing"  # not a thing: at which level she follows the threads that she writes in


class Follow(models.Model):
    """One member's choice for one thing of a kind; where there is no row she has chosen nothing.

    A kind is declared by the room that the thing belongs to (`ports.py`).
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    kind = models.CharField(max_length=20)
    target_id = models.BigIntegerField(default=0)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    is_automatic = models.BooleanField(default=False)  # made by writing there, not by choosing
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "target_id"], name="one_level_a_thing"),
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="a_level_that_there_is"),
        ]
        indexes = [
            models.Index(fields=["kind", "target_id"], name="followers_of_a_thing"),
            models.Index(fields=["member", "-at", "-id"], name="follows_of_a_member"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.kind} {self.target_id}: {Level(self.level).name.lower()}"
