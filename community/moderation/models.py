"""What moderators decided, and why. Decisions are only ever added."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone


class OnlyEverAdded(Exception):
    """A decision is answered by another decision; it is never changed nor taken away."""


class Decisions(models.QuerySet["Decision"]):
    def update(self, **fields: Any) -> int:
        raise OnlyEverAdded

    def delete(self) -> tuple[int, dict[str, int]]:
        raise OnlyEverAdded


class Decision(models.Model):
    """One deed of a moderator on one thing, with its reason. Its inverse is another decision."""

    target_type = models.ForeignKey(ContentType, models.PROTECT, db_constraint=False)
    target_id = models.BigIntegerField()
    deed = models.CharField(max_length=40)  # hide, restore, lock, unlock, pin, unpin, move
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="decisions")
    at = models.DateTimeField(default=timezone.now)

    objects = Decisions.as_manager()

    class Meta:
        indexes = [models.Index(fields=["target_type", "target_id"], name="decisions_on_a_thing")]

    def __str__(self) -> str:
        return f"{self.deed} {self.target_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise OnlyEverAdded
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise OnlyEverAdded
