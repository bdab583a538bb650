from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from community.members.models import City
from forums.models.exchange import Exchange


class Outcome(models.Model):
    """What came of an exchange: a short case study, public once every city matched has agreed to this very text.

    What is public stays so, word for word, while another text is `proposed`, until every city has agreed to that one.

    Its files are *about* it by content type and id, as everything is that stands beside a thing.
    """

    exchange = models.OneToOneField(Exchange, models.CASCADE, related_name="outcome")
    title = models.CharField(max_length=200)
    context = models.TextField()  # Markdown, as all the texts below
    tried = models.TextField()
    result = models.TextField()
    cost = models.TextField(default="", blank=True)
    contacts = models.TextField(default="", blank=True)
    original_language = models.CharField(max_length=8, default="en")
    proposed = models.JSONField(null=True, default=None)  # columns that differ
    text_version = models.PositiveIntegerField(default=1)  # steps with the texts alone, the proposed ones too
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    edited_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)  # by a moderator

    def __str__(self) -> str:
        return f"outcome of {self.exchange_id}"

    @property
    def waits(self) -> bool:
        """A text of it waits for cities to agree: the first one, or another than the public one."""
        return self.published_at is None or self.proposed is not None

    @cached_property
    def agreed(self) -> frozenset[int]:
        """Ids of the cities that agree to the text that waits. One query."""
        return frozenset(self.agreements.values_list("city_id", flat=True)) if self.waits else frozenset()

    def latest(self, column: str) -> str:
        """As its cities wrote it last, public or not. Params: column, with its language: `result_es`."""
        proposed: dict[str, str] = self.proposed or {}
        return proposed.get(column, getattr(self, column)) or ""


class Agreement(models.Model):
    """A city agrees that this text be public. It is dropped when the text changes."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="agreements")
    city = models.ForeignKey(City, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outcome", "city"], name="one_agreement_a_city")]

    def __str__(self) -> str:
        return f"{self.city_id} to {self.outcome_id}"
