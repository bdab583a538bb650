"""Cities, as editors keep them, and who works for them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from community.facts.actions import action, record
from community.members.facts import (
    AffiliationConfirmed,
    AffiliationUnconfirmed,
    CityChanged,
    MemberChanged,
    MemberMoved,
)
from community.members.models import City, Member
from community.members.rules import can_confirm
from community.members.rulings import insist
from community.topics.models import Theme


class MovedMeanwhile(Exception):
    """She says of another city by now that she works there."""


@action
def keep_city(city: City, *, by_id: int | None = None, priorities: Iterable[Theme] | None = None) -> City:
    """Save a city as an editor left it. Records CityChanged on `site`. Params: priorities, None to leave them."""
    city.version += 1
    city.save()
    if priorities is not None:
        city.priorities.set(priorities)
    record(CityChanged(city.pk), streams=["site"], actor_id=by_id)
    return city


@action
def move_to_city(member: Member, city: City) -> bool:
    """She is at home there from now on, and that is confirmed: only where she has no city yet, and an account.

    Returns: whether she was moved. Records MemberChanged on `site`, MemberMoved on `access`.
    """
    without = Member.objects.filter(pk=member.pk, is_active=True, city=None)
    if not without.update(city=city, city_confirmed_at=timezone.now(), version=F("version") + 1):
        return False
    record(MemberChanged(member.pk), streams=["site", f"member:{member.pk}"])
    record(MemberMoved(member.pk), streams=["access"])
    return True


@action
def confirm_colleague(member: Member, city: City, *, by: Member) -> None:
    """She works for this city, says who knows. Undone by `unconfirm_colleague`.

    Raises: NotAllowed; MovedMeanwhile. Records AffiliationConfirmed on `access`, MemberChanged on `site`.
    """
    member = _held(member, city, by)
    if member.city_confirmed_at is None:
        _say_whether_confirmed(member, timezone.now())
        record(AffiliationConfirmed(member.pk), streams=["access", f"member:{member.pk}"], actor_id=by.pk)


@action
def unconfirm_colleague(member: Member, city: City, *, by: Member) -> None:
    """She does not work for this city, or no more. The inverse of `confirm_colleague`.

    Raises: NotAllowed; MovedMeanwhile. Records AffiliationUnconfirmed on `access`, MemberChanged on `site`.
    """
    member = _held(member, city, by)
    if member.city_confirmed_at is not None:
        _say_whether_confirmed(member, None)
        record(AffiliationUnconfirmed(member.pk), streams=["access", f"member:{member.pk}"], actor_id=by.pk)


def _say_whether_confirmed(member: Member, at: datetime | None) -> None:
    """Her city stands beside her name from now on, or no more."""
    Member.objects.filter(pk=member.pk).update(city_confirmed_at=at, version=F("version") + 1)
    record(MemberChanged(member.pk), streams=["site"])


def _held(member: Member, city: City, by: Member) -> Member:
    """Both are read again: of two who take each other away, one is late."""
    held = Member.objects.select_for_update(no_key=True).filter(pk__in={member.pk, by.pk}).order_by("pk")
    found = {each.pk: each for each in held}
    if found[member.pk].city_id != city.pk:
        raise MovedMeanwhile
    insist(can_confirm(found[by.pk], found[member.pk]))
    return found[member.pk]
