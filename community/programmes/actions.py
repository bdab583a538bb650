"""What may be written about programmes."""

from collections.abc import Iterable

from community.facts.actions import action, record
from community.members.models import City
from community.programmes.facts import ProgrammeChanged
from community.programmes.models import Programme


@action
def keep_programme(programme: Programme, *, by_id: int | None = None) -> Programme:
    """Save a programme as an editor left it. Records ProgrammeChanged on `site`."""
    programme.save()
    record(ProgrammeChanged(programme.pk), streams=["site"], actor_id=by_id)
    return programme


@action
def choose_cities(programme: Programme, *, cities: Iterable[City], by_id: int | None = None) -> None:
    """These cities take part, and no others. Records ProgrammeChanged on `site`."""
    programme.cities.set(cities)
    record(ProgrammeChanged(programme.pk), streams=["site"], actor_id=by_id)
