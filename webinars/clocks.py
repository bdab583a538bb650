"""What clocks elsewhere show at one moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from community.members.models import City
from i18n.zones import zone


@dataclass(frozen=True)
class Clock:
    city: City
    at: datetime  # in the city's zone


def clocks(moment: datetime, cities: Iterable[City], *, count: int) -> list[Clock]:
    """The first `count` of these cities' clocks at `moment`, from west to east.

    No two of them show the same time, and none shows the reader's own, which stands before them.
    """
    shown = {timezone.localtime(moment).utcoffset()}
    chosen: list[Clock] = []
    for city in cities:
        clock = Clock(city, moment.astimezone(zone(city.timezone)))
        if clock.at.utcoffset() not in shown and len(chosen) < count:
            shown.add(clock.at.utcoffset())
            chosen.append(clock)
    return sorted(chosen, key=lambda clock: clock.at.replace(tzinfo=None))


def regions_in_turn(cities: Iterable[City]) -> list[City]:
    """The same cities so ordered that each region has its first one before any has its second."""
    seen: dict[str, int] = {}
    turns = []
    for number, city in enumerate(cities):
        seen[city.region] = seen.get(city.region, 0) + 1
        turns.append((seen[city.region], number, city))
    return [city for *_, city in sorted(turns, key=lambda turn: turn[:2])]
