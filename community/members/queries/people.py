"""Members and cities as their pages show them."""

from django.db.models import Count, Q, QuerySet

from community.members.models import City, Member
from community.members.rules import visible_members
from community.members.rulings import Viewer


def member_for_page(viewer: Viewer, handle: str) -> QuerySet[Member]:
    """At most one: a suspended member has no page."""
    people = visible_members(viewer).filter(handle=handle)
    return people.select_related("city", "organisation")


def cities_in_directory(*, region: str = "", language: str = "") -> QuerySet[City]:
    """All cities, or those of a region or language, by address, with `member_count` and `programme_count`."""
    cities = City.objects.annotate(
        member_count=Count("members", filter=Q(members__is_active=True), distinct=True),
        programme_count=Count("programmes", distinct=True),
    )
    if region:
        cities = cities.filter(region=region)
    if language:
        cities = cities.filter(language=language)
    return cities.order_by("slug")


def members_of_city(viewer: Viewer, city: City) -> QuerySet[Member]:
    return visible_members(viewer).filter(city=city).select_related("organisation").order_by("joined_at", "pk")
