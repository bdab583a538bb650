from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from community.members.models import Group
from forums.choices import Audience, ForumKind

OF_FORUMS = [choice for choice in Audience.choices if choice[0] != Audience.PARTIES]


class ForumGroup(models.Model):
    """A heading over forums: themes, regions, programmes."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    original_language = models.CharField(max_length=8, default="en")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.slug

    @cached_property
    def listed(self) -> "list[Forum]":
        """Its forums that one viewer sees; filled by `forum_board`."""
        return []


class Forum(models.Model):
    """Where threads stand. Its counters speak of the threads that its readers see."""

    group = models.ForeignKey(ForumGroup, models.PROTECT, related_name="forums")
    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=ForumKind.choices, default=ForumKind.DISCUSSION)
    title = models.CharField(max_length=120)
    description = models.TextField(default="", blank=True)
    original_language = models.CharField(max_length=8, default="en")
    audience = models.CharField(max_length=8, choices=OF_FORUMS, default=Audience.GUESTS)
    circle = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="forums")
    moderators = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="moderated_forums")
    position = models.PositiveSmallIntegerField(default=0)
    thread_count = models.PositiveIntegerField(default=0)
    last_post_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(audience=Audience.GROUP) | Q(circle__isnull=False), name="a_closed_forum_has_its_group"
            ),
            models.CheckConstraint(condition=~Q(audience=Audience.PARTIES), name="no_forum_is_for_parties_only"),
        ]

    def __str__(self) -> str:
        return self.slug
