"""Series and their sessions, as far as the house needs them to say what is on next."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from community.members.models import City
from community.programmes.models import Programme


class Series(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    description = models.TextField(default="", blank=True)
    original_language = models.CharField(max_length=8, default="en")
    languages = models.JSONField(default=list)  # spoken, BCP 47
    organisers = models.JSONField(default=list)  # names
    supporters = models.JSONField(default=list)
    timezone = models.CharField(max_length=64)  # IANA
    usual_minutes = models.PositiveSmallIntegerField(default=60)

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("webinars:series", args=[self.slug])


class Session(models.Model):
    """One date of a series: as local time in its zone, and as UTC."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="sessions")
    slug = models.SlugField(max_length=80)
    number = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=200)
    abstract = models.TextField(default="", blank=True)
    original_language = models.CharField(max_length=8, default="en")
    languages = models.JSONField(default=list)  # spoken, BCP 47
    starts_local = models.CharField(max_length=16)  # 2026-11-26T08:00, in `timezone`
    timezone = models.CharField(max_length=64)  # IANA
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    is_time_assumed = models.BooleanField(default=False)
    is_invented = models.BooleanField(default=False)  # planned for the demonstration
    is_recorded = models.BooleanField(default=False)
    themes = models.JSONField(default=list)  # words, as the programme announced them
    programme = models.ForeignKey(Programme, models.SET_NULL, null=True, blank=True, related_name="sessions")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "slug"], name="one_session_an_address"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.series_id}/{self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("webinars:session", args=[self.series.slug, self.slug])

    @property
    def minutes(self) -> int:
        return round((self.ends_at - self.starts_at).total_seconds() / 60)


class Speaker(models.Model):
    """Who speaks, in order: by role and place; a name where there is one."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="speakers")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=160)
    name = models.CharField(max_length=80, default="", blank=True)
    city = models.ForeignKey(City, models.SET_NULL, null=True, blank=True, related_name="speakers")
    place = models.CharField(max_length=160, default="", blank=True)  # city or organisation, as announced

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.role
