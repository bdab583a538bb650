"""A city asks, others can help: the request, the cities in it, and what cities offer of themselves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from taggit.managers import TaggableManager

from community.members.models import City
from community.topics.models import Tag, TaggedThing, Theme, tags_meant_on
from forums.choices import PartyRole, Stage
from forums.models.forum import Forum
from forums.models.thread import Thread

LANGUAGES_LENGTH = 120


def joined(codes: list[str]) -> str:
    """` en es `: so that one language is found in it by ` es `, on every database."""
    return f" {' '.join(codes)} " if codes else ""


class Exchange(models.Model):
    """A request and what becomes of it. What is said stands in its thread, which only cities taking part see.

    Whatever belongs to it elsewhere, such as a session of the calendar, is *about* it by content type and id.
    """

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="exchanges")
    thread = models.OneToOneField(Thread, models.PROTECT, related_name="exchange")
    city = models.ForeignKey(City, models.PROTECT, related_name="exchanges")  # which asks
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="exchanges")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="exchanges")
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, default="-")
    sought = models.TextField()  # Markdown
    offered = models.TextField(default="", blank=True)  # in return; Markdown
    language = models.CharField(max_length=8)  # BCP 47, of these texts
    languages = models.CharField(max_length=LANGUAGES_LENGTH)  # it may be held in: see `joined`
    needed_by = models.DateField()
    is_open_to_guests = models.BooleanField(default=False)
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    matched_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # the outcome was published first
    meeting_at = models.DateTimeField(null=True)
    meeting_zone = models.CharField(max_length=64, default="", blank=True)  # IANA, in which it was set
    meeting_link = models.URLField(max_length=500, default="", blank=True)
    withdrawn_at = models.DateTimeField(null=True)  # by the asker, who may undo it
    hidden_at = models.DateTimeField(null=True)  # by a moderator
    moves = models.PositiveIntegerField(default=0)  # deeds so far: a reminder knows by it that something happened
    moved_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    tags = TaggableManager(through=TaggedThing, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["stage", "-id"], name="exchanges_by_stage"),
            models.Index(fields=["city", "-id"], name="exchanges_of_a_city"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.slug}"

    @property
    def outcome_slug(self) -> str:
        """In the address of what came of it, which guests read: the words of a request that is not theirs are not."""
        return self.slug if self.is_open_to_guests else "-"

    @property
    def spoken(self) -> list[str]:
        return self.languages.split()

    @cached_property
    def shown_tags(self) -> list[Tag]:
        """Filled for many at once by the lists."""
        return tags_meant_on(self)


class Party(models.Model):
    """A city in an exchange. Those asking, responding and matched take part: only they see the conversation.

    Once some are matched, the others that had responded take part no more; they may be matched later. One that has
    left may return as what it was while the exchange stands where it stood then.
    """

    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="parties")
    city = models.ForeignKey(City, models.PROTECT, related_name="parties")
    role = models.CharField(max_length=12, choices=PartyRole.choices)
    since = models.DateTimeField(default=timezone.now)  # in this role
    left_as = models.CharField(max_length=12, choices=PartyRole.choices, default="", blank=True)  # when it last left
    left_in = models.CharField(max_length=8, choices=Stage.choices, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exchange", "city"], name="a_city_stands_once_in_an_exchange"),
            models.UniqueConstraint(
                fields=["exchange"], condition=Q(role=PartyRole.ASKING), name="one_city_asks_in_an_exchange"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city_id} in {self.exchange_id}: {self.role}"


class Offer(models.Model):
    """What a city can show others, at any time: "how we did X". Everybody may read it."""

    city = models.ForeignKey(City, models.PROTECT, related_name="offers")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="offers")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="offers")
    title = models.CharField(max_length=200)
    body = models.TextField()  # Markdown
    language = models.CharField(max_length=8)  # BCP 47, of these texts
    languages = models.CharField(max_length=LANGUAGES_LENGTH)  # it can be shown in: see `joined`
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)  # by its city, which may undo it
    hidden_at = models.DateTimeField(null=True)  # by a moderator
    version = models.PositiveIntegerField(default=1)
    token = models.CharField(max_length=64)  # the client's, one a submission
    tags = TaggableManager(through=TaggedThing, blank=True)

    class Meta:
        indexes = [models.Index(fields=["city", "-id"], name="offers_of_a_city")]
        constraints = [models.UniqueConstraint(fields=["author", "token"], name="one_offer_a_token")]

    def __str__(self) -> str:
        return f"{self.pk} of {self.city_id}"

    @property
    def spoken(self) -> list[str]:
        return self.languages.split()

    @cached_property
    def shown_tags(self) -> list[Tag]:
        """Filled for many at once by the lists."""
        return tags_meant_on(self)
