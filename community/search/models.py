"""Which indexes there are, and which one readers are answered from."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now


class Standing(models.TextChoices):
    BUILDING = "building", "is being built"
    LIVE = "live", "answers"
    RETIRED = "retired", "answered before, and is fed on for a way back"


class Generation(models.Model):
    """One index. Each of them is fed; at most one answers."""

    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.BUILDING)
    begun_at = models.DateTimeField(default=now)
    live_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["standing"], condition=Q(standing="live"), name="one_index_answers"),
            models.UniqueConstraint(fields=["standing"], condition=Q(standing="building"), name="one_index_is_built"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"g{self.pk}"


class Synonym(models.Model):
    """Words that mean the same, in any language: `CRO, chief resilience officer`."""

    words = models.CharField(max_length=300, help_text="Words or phrases with a comma between them.")

    def __str__(self) -> str:
        return self.words
