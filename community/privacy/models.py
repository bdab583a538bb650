"""What a member asked about her own data."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT_FOR = timedelta(days=7)


def folder_of(archive_id: int) -> str:
    """All that was ever put into the storage for this archive. Nothing in it says whose it is."""
    return f"archives/{archive_id}"


class Archive(models.Model):
    """A member's data in one file, asked for, then made, then swept."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="archives")
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    path = models.CharField(max_length=120, default="")  # in the storage, by a random name, once it is ready
    size_bytes = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["member", "-id"], name="archives_of_a_member")]

    def __str__(self) -> str:
        return f"archive {self.pk}"

    @property
    def expires_at(self) -> datetime | None:
        return self.ready_at and self.ready_at + KEPT_FOR


class Departure(models.Model):
    """A member asked that her account be erased; until `due_at` she may think again."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="departure")
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"departure {self.pk}"
