"""Programmes: what cities do together, with partners, over years."""

from django.db import models

from community.members.choices import Region
from community.members.models import City


class Programme(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    description = models.TextField(default="", blank=True)
    original_language = models.CharField(max_length=8, default="en")
    lead = models.CharField(max_length=120, default="", blank=True)
    partners = models.JSONField(default=list, blank=True)  # names of organisations
    launched = models.CharField(max_length=10, default="", blank=True)  # as far as known: 2017, 2015-12-08
    region = models.CharField(max_length=24, choices=Region.choices, default="", blank=True)
    cities = models.ManyToManyField(City, blank=True, related_name="programmes")

    def __str__(self) -> str:
        return self.slug
