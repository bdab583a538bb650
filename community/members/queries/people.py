"""Members and cities as their pages show them."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, F, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from community.members.choices import SEEN_AT_FIRST, Detail, SeenBy
from community.members.models import City, FormerHandle, Member, Organisation
from community.members.rules import visible_members
from community.members.rulings import Viewer
from community.members.shown import shown_profile


def member_for_page(viewer: Viewer, handle: str) -> QuerySet[Member]:
    """At most one: a suspended member has no page."""
    people = visible_members(viewer).filter(handle=handle)
    return people.select_related("city", "organisation")


def member_called_before(viewer: Viewer, handle: str) -> Member | None:
    """Who had this handle and has another now."""
    return visible_members(viewer).filter(former_handles__handle=handle).first()


def members_called(handles: Iterable[str]) -> dict[str, Member]:
    """By handle, whether it is theirs or was. A query, and another where some are nobody's now."""
    wanted = list(handles)
    found = {member.handle: member for member in Member.objects.filter(handle__in=wanted)}
    if missing := [handle for handle in wanted if handle not in found]:
        former = FormerHandle.objects.filter(handle__in=missing).select_related("member")
        found |= {each.handle: each.member for each in former}
    return found


def cities_in_directory(*, region: str = "", language: str = "", programme: str = "") -> QuerySet[City]:
    """All cities, or those of a region, language or programme, by address, with `member_count`,
    `unconfirmed_count` and `programme_count`.

    Params: programme, its slug.
    """
    cities = City.objects.annotate(
        member_count=Count(
            "members", filter=Q(members__is_active=True, members__city_confirmed_at__isnull=False), distinct=True
        ),
        unconfirmed_count=Count(
            "members", filter=Q(members__is_active=True, members__city_confirmed_at=None), distinct=True
        ),
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
    """Those of whom it is confirmed."""
    here = visible_members(viewer).filter(city=city, city_confirmed_at__isnull=False)
    return here.select_related("organisation").order_by("joined_at", "pk")


def colleagues_in(city: City) -> QuerySet[Member]:
    """Who says that she works for this city, first those of whom nobody else has said it yet."""
    return Member.objects.filter(city=city, is_active=True).order_by(
        F("city_confirmed_at").asc(nulls_first=True), "joined_at", "pk"
    )


def officers() -> QuerySet[Member]:
    """Who speaks for her city."""
    return Member.objects.filter(city__isnull=False, city_confirmed_at__isnull=False, is_active=True)


def officers_of(city_ids: Iterable[int]) -> QuerySet[Member]:
    return officers().filter(city__in=list(city_ids))


def cities_with_officers() -> QuerySet[City]:
    """Where there is somebody to tell."""
    return City.objects.filter(members__is_active=True, members__city_confirmed_at__isnull=False).distinct()


def languages_read(viewer: Viewer, people: Iterable[Member]) -> list[str]:
    """The languages that these members let the viewer know they read, the most read first."""
    counted = Counter(code for person in people for code in shown_profile(viewer, person).reads)
    return [code for code, _ in counted.most_common()]


def members_of_organisation(viewer: Viewer, organisation: Organisation) -> QuerySet[Member]:
    return _of_organisation(viewer, organisation).select_related("city").order_by("joined_at", "pk")


def cities_of_organisation(viewer: Viewer, organisation: Organisation) -> QuerySet[City]:
    """For which its members work, as is confirmed."""
    hers = _of_organisation(viewer, organisation).filter(city_confirmed_at__isnull=False)
    return City.objects.filter(pk__in=hers.values("city")).order_by("slug")


def showing(viewer: Viewer, people: QuerySet[Member], detail: Detail) -> QuerySet[Member]:
    """Those of them who let the viewer see this: `shown_profile` asked of many at once."""
    open_to = [SeenBy.EVERYBODY, *([SeenBy.MEMBERS] if viewer.is_authenticated and viewer.is_active else [])]
    at_first = Value(SEEN_AT_FIRST[detail].value, output_field=TextField())
    chosen = Coalesce(KT(f"shown__{detail}"), at_first, output_field=TextField())
    return people.alias(seen_by=chosen).filter(Q(seen_by__in=open_to) | Q(pk=viewer.pk))


def _of_organisation(viewer: Viewer, organisation: Organisation) -> QuerySet[Member]:
    """Those who let the viewer know that they belong to it."""
    return showing(viewer, visible_members(viewer).filter(organisation=organisation), Detail.ORGANISATION)
