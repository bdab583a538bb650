"""Programmes, read."""

from django.db.models import Count, QuerySet

from community.members.models import City
from community.programmes.models import Programme


def all_programmes() -> QuerySet[Programme]:
    """By address, with `city_count`."""
    return Programme.objects.annotate(city_count=Count("cities")).order_by("slug")


def cities_taking_part(programme: Programme) -> QuerySet[City]:
    return programme.cities.order_by("slug")
