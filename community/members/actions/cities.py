"""Cities, as editors keep them."""

from community.facts.actions import action, record
from community.members.facts import CityChanged
from community.members.models import City


@action
def keep_city(city: City, *, by_id: int | None = None) -> City:
    """Save a city as an editor left it. Records CityChanged on `site`."""
    city.version += 1
    city.save()
    record(CityChanged(city.pk), streams=["site"], actor_id=by_id)
    return city
