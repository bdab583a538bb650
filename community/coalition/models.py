"""Cities that ask to join the coalition."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import pgettext_lazy

from community.members.choices import Region
from community.members.models import City
from community.topics.models import Theme
from i18n.languages import LANGUAGES


class Stage(models.TextChoices):
    """How far a wish has come."""

    UNCONFIRMED = "unconfirmed", pgettext_lazy("a city's wish to join", "Address not confirmed")
    WAITING = "waiting", pgettext_lazy("a city's wish to join", "Waiting for a moderator")
    CONFIRMED = "confirmed", pgettext_lazy("a city's wish to join", "Joined")
    DECLINED = "declined", pgettext_lazy("a city's wish to join", "Declined")


class Wish(models.Model):
    """A city wants to join. Whoever asks for it without an account confirms the address first."""

    city_name = models.CharField(max_length=120)
    country = models.CharField(max_length=2)  # ISO 3166-1 alpha-2
    region = models.CharField(max_length=24, choices=Region.choices)
    city_language = models.CharField(max_length=8, choices=LANGUAGES)
    timezone = models.CharField(max_length=64)  # IANA
    population = models.PositiveIntegerField(null=True)
    is_in_network = models.BooleanField(default=False)
    hazards = models.JSONField(default=list, blank=True)  # of members.choices.Hazard
    hazards_in_words = models.CharField(max_length=300, default="", blank=True)  # as cities told them at first
    priorities = models.ManyToManyField(Theme, blank=True, related_name="+")
    contact_name = models.CharField(max_length=80)
    contact_position = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=8, choices=LANGUAGES)  # of the page that was used
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="wishes")
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.UNCONFIRMED)
    city = models.ForeignKey(City, models.SET_NULL, null=True, related_name="wishes")
    asked_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name_plural = "wishes"
        indexes = [models.Index(fields=["stage", "id"], name="wishes_by_stage")]

    def __str__(self) -> str:
        return f"wish {self.pk}"
