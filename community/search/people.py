"""Cities and members, of the rooms below, can be found too."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language

from community.facts.models import Fact
from community.members.choices import SeenBy
from community.members.facts import (
    CityChanged,
    MemberChanged,
    MemberClosedOut,
    MemberJoined,
    MemberLetBackIn,
    MemberMoved,
)
from community.members.models import City, Member
from community.members.places import country_name
from community.members.rules import visible_members
from community.members.rulings import Viewer
from community.members.shown import shown_profile, shown_to
from community.privacy.facts import MemberErased
from community.search.documents import Findable, Found, brings, changes, finds, ids_in
from community.search.engine import Document, Kind, SearchRequest
from community.search.slices import fitting, slices
from community.text.excerpts import excerpt
from community.text.folding import bare_letters
from i18n.languages import CODES, DEFAULT
from i18n.texts import said

EVERYBODY = "p"
ABOUT = 2_000  # characters


def audiences(viewer: Viewer) -> list[str]:
    return [EVERYBODY]


# --- Cities ---


def documents_of_cities(ids: Iterable[int]) -> list[Document]:
    return [
        Document(
            key=f"city-{each.pk}",
            kind=Kind.CITY,
            group=f"city-{each.pk}",
            titles={code: text for code in CODES if (text := getattr(each, f"name_{code}"))},
            bodies={
                code: f"{getattr(each, f'description_{code}') or ''} {country_name(each.country, code)}"
                for code in CODES
            },
            audiences=frozenset({EVERYBODY}),
            language=each.language,
            cities=(each.pk,),
        )
        for each in City.objects.filter(pk__in=list(ids))
    ]


def show_cities(viewer: Viewer, ids: Iterable[int]) -> Mapping[int, Found]:
    language = get_language() or DEFAULT
    return {each.pk: _found_city(each, language) for each in City.objects.filter(pk__in=list(ids))}


def _found_city(city: City, language: str) -> Found:
    name, description = said(city, "name", language), said(city, "description", language)
    return Found(
        kind=Kind.CITY,
        title=name.text,
        title_language=name.language,
        text=description.text,
        language=description.language,
        address=reverse("members:city", args=[city.slug]),
        where=country_name(city.country, language),
    )


def look_for_cities(viewer: Viewer, request: SearchRequest, most: int) -> list[int]:
    asked = fitting(request, words=[f"name_{code}" for code in CODES], language="language", city="pk")
    return list(City.objects.filter(asked).order_by("slug").values_list("pk", flat=True)[:most])


finds(
    Findable(
        prefix="city",
        documents=documents_of_cities,
        ids=lambda: slices(City.objects.all()),
        show=show_cities,
        audiences=audiences,
        look=look_for_cities,
    )
)


@changes(CityChanged)
def city(facts: Sequence[Fact]) -> Iterator[str]:
    yield from (f"city-{pk}" for pk in ids_in(facts, "city_id"))


@changes(CityChanged)
def members_of_city(facts: Sequence[Fact]) -> Iterator[str]:
    """Its name is among their words."""
    members = Member.objects.filter(city__in=ids_in(facts, "city_id")).order_by("pk")
    yield from (f"member-{pk}" for pk in members.values_list("pk", flat=True))


# --- Members ---


def documents_of_members(ids: Iterable[int]) -> list[Document]:
    """As everybody sees them: what she shows to members alone, or nobody, is found by nobody."""
    members = Member.objects.filter(pk__in=list(ids), is_active=True).select_related("city", "organisation")
    return [_document_of_member(each) for each in members]


def _document_of_member(member: Member) -> Document:
    shown = shown_to(SeenBy.EVERYBODY, member)
    city = said(member.confirmed_city, "name", DEFAULT).text if member.confirmed_city else ""
    place = shown.organisation.name if shown.organisation else ""
    return Document(
        key=f"member-{member.pk}",
        kind=Kind.MEMBER,
        group=f"member-{member.pk}",
        titles={"": member.name},
        bodies={"": " ".join((shown.position, place, city, excerpt(shown.about, ABOUT)))},
        audiences=frozenset({EVERYBODY}),
        cities=(member.speaks_for_id,) if member.speaks_for_id else (),
        made_at=int(member.joined_at.timestamp()),
    )


def show_members(viewer: Viewer, ids: Iterable[int]) -> Mapping[int, Found]:
    language = get_language() or DEFAULT
    seen = visible_members(viewer).filter(pk__in=list(ids)).select_related("city", "organisation")
    return {each.pk: _found_member(viewer, each, language) for each in seen}


def _found_member(viewer: Viewer, member: Member, language: str) -> Found:
    shown = shown_profile(viewer, member)
    return Found(
        kind=Kind.MEMBER,
        title=member.name,
        title_language="",
        text=excerpt(shown.about, ABOUT),
        language=member.language,
        address=reverse("members:member", args=[member.handle]),
        who=shown.position,
        where=said(member.confirmed_city, "name", language).text if member.confirmed_city else "",
    )


def look_for_members(viewer: Viewer, request: SearchRequest, most: int) -> list[int]:
    bare = replace(request, q=bare_letters(request.q))
    asked = fitting(bare, words=["called"], at="joined_at", city=_confirmed_in)
    found = visible_members(viewer).filter(asked).order_by("name", "pk")
    return list(found.values_list("pk", flat=True)[:most])


def _confirmed_in(cities: Sequence[int]) -> Q:
    return Q(city__in=cities, city_confirmed_at__isnull=False)


finds(
    Findable(
        prefix="member",
        documents=documents_of_members,
        ids=lambda: slices(Member.objects.all()),
        show=show_members,
        audiences=audiences,
        look=look_for_members,
    )
)


@brings(MemberJoined)
@changes(MemberJoined, MemberMoved, MemberLetBackIn)
@changes(MemberChanged, MemberClosedOut, MemberErased, hides=True)
def member(facts: Sequence[Fact]) -> Iterator[str]:
    """What she shows no more is found by nobody from now on."""
    yield from (f"member-{pk}" for pk in ids_in(facts, "member_id"))
