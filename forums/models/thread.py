from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from taggit.managers import TaggableManager

from community.topics.models import Tag, TaggedThing, tags_meant_on
from forums.choices import Audience
from forums.models.forum import Forum

LATEST = 10**17  # microseconds since 1970: the year 5138
LARGEST_ID = 10**15 - 1


class Thread(models.Model):
    """A conversation: an opening post and what follows. Counters speak of posts that its readers see."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="threads")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="threads")
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, default="-")
    language = models.CharField(max_length=8)  # BCP 47, of the title and the opening post
    # Its own audience where the thread is about something; empty where the forum's holds.
    audience = models.CharField(max_length=8, choices=Audience.choices, default="", blank=True)
    about_type = models.ForeignKey(ContentType, models.PROTECT, null=True, db_constraint=False, related_name="+")
    about_id = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField(default=timezone.now)
    last_post_at = models.DateTimeField(default=timezone.now)
    last_post_id = models.BigIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=1)  # all that readers see, the opening one included
    answer_count = models.PositiveIntegerField(default=0)
    helpful_count = models.PositiveIntegerField(default=0)
    accepted = models.ForeignKey("forums.Post", models.SET_NULL, null=True, related_name="+")
    is_locked = models.BooleanField(default=False)
    is_pinned = models.BooleanField(default=False)
    is_hidden = models.BooleanField(default=False)  # by a moderator: the opening post is hidden
    is_deleted = models.BooleanField(default=False)  # by its author: the opening post is deleted
    has_summary = models.BooleanField(default=False)  # pinned at its head now
    poll = models.OneToOneField("polls.Poll", models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    tags = TaggableManager(through=TaggedThing, blank=True)

    # Filled for one reader by the lists of threads.
    is_unread = False
    new_count = 0  # posts since she last read it; none where she has not begun: all of it is new
    # Filled where an exchange was fetched with its conversation, which saves asking again.
    taking_part: frozenset[int] | None = None  # ids of cities
    read_mark: int | None = None  # up to which post its one reader has read

    class Meta:
        indexes = [
            models.Index(fields=["forum", "-is_pinned", "-last_post_at", "-id"], name="threads_active"),
            models.Index(fields=["forum", "-id"], name="threads_newest"),
            models.Index(fields=["forum", "-helpful_count", "-id"], name="threads_helpful"),
            models.Index(fields=["forum", "-id"], name="threads_unanswered", condition=Q(answer_count=0)),
            models.Index(fields=["forum", "-id"], name="threads_not_accepted", condition=Q(accepted=None)),
            models.Index(fields=["forum", "-last_post_at", "-id"], name="threads_recent"),
            models.Index(fields=["-last_post_at", "-id"], name="threads_everywhere"),
            models.Index(fields=["-id"], name="threads_waiting", condition=Q(answer_count=0)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["about_type", "about_id"], name="one_thread_about_a_thing", condition=Q(about_id__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.slug}"

    @cached_property
    def shown_tags(self) -> list[Tag]:
        """What its tags mean. Filled for many threads at once by the lists of threads."""
        return tags_meant_on(self)

    @property
    def place(self) -> str:
        """Where it stands in the list of its forum, ordered by activity; compared as a string."""
        at = int(self.last_post_at.timestamp()) * 10**6 + self.last_post_at.microsecond
        return f"{int(not self.is_pinned)}:{LATEST - at:018}:{LARGEST_ID - self.pk:015}"

    @property
    def reply_count(self) -> int:
        """What followed the opening post."""
        return max(0, self.post_count - 1)
