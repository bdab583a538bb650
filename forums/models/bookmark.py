from django.conf import settings
from django.db import models
from django.utils import timezone

from forums.models.post import Post


class Bookmark(models.Model):
    """A post that a member wants to find again; of a thread, its opening post. A dropped one can be taken back."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookmarks")
    post = models.ForeignKey(Post, models.CASCADE, related_name="bookmarks")
    note = models.CharField(max_length=500, default="", blank=True)
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)  # that it was done, for the time that is set
    made_at = models.DateTimeField(default=timezone.now)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "post"], name="one_bookmark_a_post")]
        indexes = [models.Index(fields=["member", "-made_at", "-id"], name="bookmarks_of_a_member")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.post_id}"
