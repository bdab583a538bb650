from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forums.models.forum import Forum
from forums.models.thread import Thread


class ReadMark(models.Model):
    """How far a member has read a thread: the id of the last post she saw. It never goes back."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="read_marks")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="read_marks")
    last_post_id = models.BigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "thread"], name="one_mark_a_thread")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.thread_id} to {self.last_post_id}"


class ForumMark(models.Model):
    """Up to which post a member has called a whole forum read. It never goes back."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="forum_marks")
    forum = models.ForeignKey(Forum, models.CASCADE, related_name="forum_marks")
    last_post_id = models.BigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "forum"], name="one_mark_a_forum")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.forum_id} to {self.last_post_id}"


class Draft(models.Model):
    """What a member has begun to write in one place (`thread:42`, `forum:7`) and not sent."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    place = models.CharField(max_length=40)
    fields = models.JSONField(default=dict)  # the form's, as typed
    other = models.JSONField(null=True)  # what another device wrote on meanwhile, until she has chosen
    other_device = models.CharField(max_length=40, default="", blank=True)  # as it calls itself
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)
    discarded_at = models.DateTimeField(null=True)  # it can be brought back for a while

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "place"], name="one_draft_a_place", condition=Q(discarded_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.place}"
