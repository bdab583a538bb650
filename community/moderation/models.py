"""What waits for moderators, what they decided, and why. Decisions are only ever added."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.moderation.choices import Category, Cause, SanctionKind, State
from community.moderation.ports import Scope


class OnlyEverAdded(Exception):
    """A decision is answered by another decision; it is never changed nor taken away."""


class ReviewItem(models.Model):
    """One thing that waits for a decision: open at most once, however many report it.

    `version` steps with everything that moderators see of it, so that none decides on what another has changed.
    """

    kind = models.CharField(max_length=20)  # of `Moderated`
    target_id = models.BigIntegerField()
    scope_kind = models.CharField(max_length=20, default="", blank=True)
    scope_id = models.BigIntegerField(default=0)
    language = models.CharField(max_length=8)  # BCP 47, of the thing
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    cause = models.CharField(max_length=8, choices=Cause.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    claimed_until = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "target_id"], condition=Q(state="open"), name="one_open_item_a_thing"
            )
        ]
        indexes = [models.Index(fields=["opened_at", "id"], condition=Q(state="open"), name="items_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.target_id} {self.state}"

    @property
    def scope(self) -> Scope:
        return Scope(self.scope_kind, self.scope_id)

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_claimed(self) -> bool:
        """By somebody whose time is not over."""
        return self.claimed_by_id is not None and self.claimed_until is not None and self.claimed_until > timezone.now()


class Report(models.Model):
    """A member asks moderators to look at something: once a member and thing."""

    item = models.ForeignKey(ReviewItem, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=20)
    target_id = models.BigIntegerField()
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=10, choices=Category.choices)
    note = models.CharField(max_length=500, default="", blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "target_id", "reporter"], name="one_report_a_member_and_thing")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target_id} by {self.reporter_id}"


class Decisions(models.QuerySet["Decision"]):
    def update(self, **fields: Any) -> int:
        raise OnlyEverAdded

    def delete(self) -> tuple[int, dict[str, int]]:
        raise OnlyEverAdded


class Decision(models.Model):
    """One deed of a moderator on one thing, with its reason. Its inverse is another decision."""

    target_type = models.ForeignKey(ContentType, models.PROTECT, db_constraint=False)
    target_id = models.BigIntegerField()
    deed = models.CharField(max_length=40)  # hide, restore, lock, move, dismiss, warn, silence, trust …
    reason = models.CharField(max_length=500)
    category = models.CharField(max_length=10, choices=Category.choices, default="", blank=True)
    scope_kind = models.CharField(max_length=20, default="", blank=True)
    scope_id = models.BigIntegerField(default=0)
    item = models.ForeignKey(ReviewItem, models.PROTECT, null=True, related_name="decisions")  # which it answers
    concerns = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
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


class Appeal(models.Model):
    """One message to the moderators about one decision, by the member it concerns."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="appeal")
    item = models.ForeignKey(ReviewItem, models.PROTECT, related_name="appeals")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="appeals")
    message = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"against decision {self.decision_id}"


class Sanction(models.Model):
    """A warning, or a time in which a member reads and does not write. To suspend is for administrators."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sanctions")
    kind = models.CharField(max_length=10, choices=SanctionKind.choices)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="sanction")
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="silence", until__isnull=False) | Q(kind="warning", until=None),
                name="a_silence_has_its_end",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.member_id}"
