"""Which indexes there are, and which one readers are answered from."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.timezone import now

LONGEST_QUERY = 1_000  # characters of an address


class Standing(models.TextChoices):
    BUILDING = "building", "is being built"
    LIVE = "live", "answers"
    RETIRED = "retired", "answered before, and is fed on for a way back"


class Generation(models.Model):
    """One index. Each of them is fed; at most one answers."""

    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.BUILDING)
    begun_at = models.DateTimeField(default=now)
    live_since = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    differed = models.PositiveIntegerField(default=0)  # documents, when it was checked last

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


class Meaning(models.Model):
    """What a document says, as a vector. Params: digest, of the text; vector, 384 numbers of a byte each."""

    key = models.CharField(max_length=64, unique=True)
    digest = models.BigIntegerField()
    vector = models.BinaryField()

    def __str__(self) -> str:
        return self.key


class Synonym(models.Model):
    """Words that mean the same, in any language: `CRO, chief resilience officer`."""

    words = models.CharField(max_length=300, help_text="Words or phrases with a comma between them.")

    def __str__(self) -> str:
        return self.words


class Missed(models.Model):
    """What was looked for and is not here: how often, by nobody's name. Few times is nobody's to read."""

    words = models.CharField(max_length=200, unique=True)  # as they are compared
    times = models.PositiveIntegerField(default=0)
    last_on = models.DateField()

    class Meta:
        verbose_name_plural = "missed"
        indexes = [models.Index(fields=["-times"], name="missed_most")]

    def __str__(self) -> str:
        return self.words


class SavedSearch(models.Model):
    """What a member wants to be told of. Params: query, of its address; looked_at, up to when it was looked for."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    query = models.CharField(max_length=LONGEST_QUERY)
    saved_at = models.DateTimeField(default=now)
    looked_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name_plural = "saved searches"
        constraints = [models.UniqueConstraint(fields=["member", "query"], name="one_search_is_saved_once")]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """By which its member knows it: what she typed, or else what she chose."""
        asked = QueryDict(self.query)
        q: str = asked.get("q", "")
        return q.strip() or ", ".join(value for values in asked.lists() for value in values[1])
