from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from community.files.models import StoredFile
from community.files.queries import files_of_things
from forums.choices import POSTS, Audience, PostKind
from forums.models.thread import Thread


class Post(models.Model):
    """What a member wrote. `version` steps with everything that its fragment shows."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="posts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="posts")
    kind = models.CharField(max_length=8, choices=PostKind.choices)
    answer = models.ForeignKey("self", models.CASCADE, null=True, related_name="comments")  # a comment's answer
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    body_markdown = models.TextField()
    body_html = models.TextField()
    renderer_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8)  # BCP 47
    written_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    edit_reason = models.CharField(max_length=200, default="", blank=True)
    hidden_at = models.DateTimeField(null=True)  # by a moderator
    hidden_reason = models.CharField(max_length=500, default="", blank=True)  # the moderator's, for the author
    deleted_at = models.DateTimeField(null=True)  # by its author, who may undo it
    is_accepted = models.BooleanField(default=False)
    helpful_count = models.PositiveIntegerField(default=0)
    file_count = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    token = models.CharField(max_length=64)  # the client's, one a submission

    class Meta:
        indexes = [
            models.Index(fields=["thread", "id"], name="posts_in_order"),
            models.Index(fields=["author", "-id"], name="posts_of_a_member"),
        ]
        constraints = [models.UniqueConstraint(fields=["author", "token"], name="one_post_a_token")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def edition(self) -> str:
        """Which text of it stands: when that was written, "0" for the first."""
        return self.edited_at.isoformat() if self.edited_at else "0"

    @property
    def belongs_to_request(self) -> bool:
        """Of an exchange: it is changed and withdrawn as the request is, not as a post."""
        return self.kind == PostKind.OPENING and self.thread.audience == Audience.PARTIES

    @property
    def shows_accepted(self) -> bool:
        """Only among questions: a thread that moved elsewhere keeps the mark for the day it comes back."""
        return self.is_accepted and self.thread.accepted_id == self.pk

    @cached_property
    def files(self) -> list[StoredFile]:
        """What is attached to it. Filled for many posts at once by `add_files`."""
        return files_of_things(POSTS, [self.pk])[self.pk] if self.file_count else []

    @property
    def pictures(self) -> list[StoredFile]:
        return [file for file in self.files if file.is_ready and file.is_image]

    @property
    def papers(self) -> list[StoredFile]:
        """Documents, and what is not ready yet or was refused."""
        return [file for file in self.files if not (file.is_ready and file.is_image)]


class Revision(models.Model):
    """A post's text as it stood before an edit."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    title = models.CharField(max_length=200, default="", blank=True)  # the thread's, where the opening post was edited
    body_markdown = models.TextField()
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    replaced_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=200, default="", blank=True)  # why it was replaced
    hidden_at = models.DateTimeField(null=True)  # by a moderator

    def __str__(self) -> str:
        return f"post {self.post_id} until {self.replaced_at}"


class Vote(models.Model):
    """A member found a post helpful."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="votes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="votes")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="one_vote_a_member")]

    def __str__(self) -> str:
        return f"{self.member_id} for {self.post_id}"
