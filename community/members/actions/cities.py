"""Cities, as editors keep them."""

from django.db.models import F

from community.facts.actions import action, record
from community.members.facts import CityChanged, MemberChanged
from community.members.models import City, Member


@action
def keep_city(city: City, *, by_id: int | None = None) -> City:
    """Save a city as an editor left it. Records CityChanged on `site`."""
    city.version += 1
    city.save()
    record(CityChanged(city.pk), streams=["site"], actor_id=by_id)
    return city


@action
def move_to_city(member: Member, city: City) -> None:
    """She is at home there from now on. Records MemberChanged on `site`."""
    Member.objects.filter(pk=member.pk).update(city=city, version=F("version") + 1)
    record(MemberChanged(member.pk), streams=["site", f"member:{member.pk}"])
