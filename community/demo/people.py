"""The invented members. All have one password, which every start of the demonstration prints."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from community.demo.reading import toml
from community.facts.actions import action
from community.members.choices import Trust
from community.members.models import City, Group, Member
from i18n.languages import known

PASSWORD = "frontline-demo"  # noqa: S105 - meant to be known
DOMAIN = "frontline.example"
ACCOUNTS = {  # one for each kind of person who tries the house
    "ana": "member, Quito",
    "bo": "organiser, Rotterdam",
    "cai": "member of another city, Belfast",
    "dee": "moderator, Houston",
    "eve": "administrator, Singapore",
    "giulia": "moderator of the forum on heat, Milan",
    "marisol": "editor, Miami-Dade",
}
JOINED_FROM_DAYS, JOINED_EVERY_DAYS = 420, 5


@action
def load_members(cities: dict[str, City], *, now: datetime) -> dict[str, Member]:
    """Returns: the members by handle."""
    password = make_password(PASSWORD)  # once: it is slow on purpose
    first = now - timedelta(days=JOINED_FROM_DAYS)
    members = Member.objects.bulk_create(
        _member(handle, plan, cities[plan["city"]], password, first + number * timedelta(days=JOINED_EVERY_DAYS))
        for number, (handle, plan) in enumerate(toml("members").items())
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in members
    )
    return {member.handle: member for member in members}


def _member(handle: str, plan: dict[str, Any], city: City, password: str, joined_at: datetime) -> Member:
    return Member(
        handle=handle,
        email=f"{handle}@{DOMAIN}",
        password=password,
        name=plan["name"],
        city=city,
        city_confirmed_at=joined_at,
        position=plan["position"],
        reads=plan["reads"],
        language=known(plan["reads"][0]),
        timezone=city.timezone,
        shown=plan.get("shown", {}),
        is_demonstration=True,
        trust=Trust.TRUSTED,
        joined_at=joined_at,
        **{f"is_{role}": True for role in plan.get("roles", [])},
    )


@action
def load_circle_of_moderators(members: dict[str, Member]) -> Group:
    circle = Group.objects.create(slug="moderators", name="Moderators")
    circle.people.set(member for member in members.values() if member.is_moderator or member.is_administrator)
    return circle
