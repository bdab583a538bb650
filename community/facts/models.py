"""What happened, in which order on which stream, and who has still to hear of it.

Nothing cascades from a fact: care.py deletes what is old, and entries have no index by fact.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Fact(models.Model):
    """Something that happened. Ids only, as plain numbers: a fact outlives what it speaks of."""

    name = models.CharField(max_length=60)
    ids = models.JSONField()
    actor_id = models.BigIntegerField(null=True)
    request_id = models.CharField(max_length=36, default="")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["at"], name="fact_by_time")]

    def __str__(self) -> str:
        return f"{self.name} {self.ids}"


class Stream(models.Model):
    """The last number given out on one stream. The row is made by its first fact."""

    name = models.CharField(max_length=60, primary_key=True)
    head = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} at {self.head}"


class StreamEntry(models.Model):
    """One fact's number on one stream. Kept for 30 days; older pages are read afresh."""

    stream = models.CharField(max_length=60)
    seq = models.BigIntegerField()
    fact = models.ForeignKey(Fact, models.DO_NOTHING, db_constraint=False, db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="one_fact_a_number")]

    def __str__(self) -> str:
        return f"{self.stream} {self.seq}"


class Delivery(models.Model):
    """One listener's share of one fact. `due_at` is when anyone may take it (again): a claim moves it on."""

    fact = models.ForeignKey(Fact, models.DO_NOTHING, db_constraint=False)
    listener = models.CharField(max_length=120)
    lane = models.CharField(max_length=8)
    recipient_id = models.BigIntegerField(null=True)  # a member's, where there is one delivery a recipient
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["lane", "due_at"], name="waiting", condition=Q(done_at=None, parked_at=None)),
            models.Index(fields=["lane"], name="parked", condition=Q(done_at=None, parked_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.listener} of fact {self.fact_id}"


class Heartbeat(models.Model):
    """When a worker was last seen, for /readyz."""

    worker = models.CharField(max_length=80, primary_key=True)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.worker
