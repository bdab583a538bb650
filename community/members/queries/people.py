"""Members and cities as their pages show them."""

from collections import Counter

from django.db.models import Count, Q, QuerySet

from community.members.models import City, Member, Organisation
from community.members.rules import visible_members
from community.members.rulings import Viewer


def member_for_page(viewer: Viewer, handle: str) -> QuerySet[Member]:
    """At most one: a suspended member has no page."""
    people = visible_members(viewer).filter(handle=handle)
    return people.select_related("city", "organisation")


def cities_in_directory(*, region: str = "", language: str = "", programme: str = "") -> QuerySet[City]:
    """All cities, or those of a region, language or programme, by address, with `member_count` and `programme_count`.

    Params: programme, its slug.
    """
    cities = City.objects.annotate(
        member_count=Count("members", filter=Q(members__is_active=True), distinct=True),
        programme_count=Count("programmes", distinct=True),
    )
    if region:
        cities = cities.filter(region=region)
    if language:
        cities = cities.filter(language=language)
    if programme:
        cities = cities.filter(pk__in=City.objects.filter(programmes__slug=programme).values("pk"))
    return cities.order_by("slug")


def members_of_city(viewer: Viewer, city: City) -> QuerySet[Member]:
    return visible_members(viewer).filter(city=city).select_related("organisation").order_by("joined_at", "pk")


def languages_read(people: QuerySet[Member]) -> tuple[list[str], int]:
    """The languages that these members read, the most read first, and how many members they are. One query."""
    reads = list(people.order_by().values_list("reads", flat=True))
    counted = Counter(code for codes in reads for code in codes)
    return [code for code, _ in counted.most_common()], len(reads)


def members_of_organisation(viewer: Viewer, organisation: Organisation) -> QuerySet[Member]:
    people = visible_members(viewer).filter(organisation=organisation)
    return people.select_related("city").order_by("joined_at", "pk")


def cities_of_organisation(viewer: Viewer, organisation: Organisation) -> QuerySet[City]:
    """Where its members are at home."""
    return City.objects.filter(
        pk__in=visible_members(viewer).filter(organisation=organisation).values("city")
    ).order_by("slug")
