"""The cast: Ana (member, Quito), Bo (organiser), Cai (stranger), Dee (moderator)."""

import itertools
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.text import slugify

from community.members.choices import Region, Trust
from community.members.models import City, Group, Member, Organisation
from community.topics.models import Theme

PASSWORD = "frontline-demo"
_numbers = itertools.count(1)


def make_member(name: str = "Ana", **fields: Any) -> Member:
    """A member with a verified address `<handle>@cities.example` and no password unless one is given.

    The community knows her well, so no limit of new members stands in a test's way; `make_newcomer` is one of those.
    Where she has a city, it has confirmed her, unless that is told otherwise.
    """
    handle = fields.pop("handle", None) or _free_handle(name)
    email = fields.pop("email", f"{handle}@cities.example")
    password = fields.pop("password", None)
    fields.setdefault("trust", Trust.TRUSTED)
    if fields.get("city") or fields.get("city_id"):
        fields.setdefault("city_confirmed_at", timezone.now())
    member = Member.objects.create_user(email, password, handle=handle, name=name, **fields)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def make_city(slug: str = "quito", **fields: Any) -> City:
    place: dict[str, Any] = {
        "name_en": slug.replace("-", " ").title(),
        "country": "EC",
        "region": Region.LATIN_AMERICA,
        "language": "es",
        "timezone": "America/Guayaquil",
    }
    return City.objects.create(slug=slug, **{**place, **fields})


def make_organisation(slug: str = "water-board", **fields: Any) -> Organisation:
    return Organisation.objects.create(slug=slug, **{"name": slug.replace("-", " ").capitalize(), **fields})


def make_theme(slug: str = "water", **fields: Any) -> Theme:
    return Theme.objects.create(slug=slug, **{"title_en": slug.replace("-", " ").capitalize(), **fields})


def make_circle(slug: str = "coastal", *people: Member) -> Group:
    """A group of members, for closed forums."""
    circle = Group.objects.create(slug=slug, name=slug.capitalize())
    circle.people.set(people)
    return circle


def make_moderator(name: str = "Dee", **fields: Any) -> Member:
    return make_member(name, is_moderator=True, **fields)


def make_newcomer(name: str = "Nia", **fields: Any) -> Member:
    return make_member(name, trust=Trust.NEW, **fields)


def make_organiser(name: str = "Bo", **fields: Any) -> Member:
    return make_member(name, is_organiser=True, **fields)


def make_editor(name: str = "Fay", **fields: Any) -> Member:
    return make_member(name, is_editor=True, **fields)


def make_administrator(name: str = "Eve", **fields: Any) -> Member:
    return make_member(name, is_administrator=True, **fields)


def _free_handle(name: str) -> str:
    wanted = slugify(name)[:30] or "member"
    return wanted if not Member.objects.filter(handle=wanted).exists() else f"{wanted}-{next(_numbers)}"
