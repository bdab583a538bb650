"""Time zones by their IANA names."""

from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones


@cache
def zone_names() -> tuple[str, ...]:
    """Every IANA zone a member may choose, in order; the old three-letter aliases are left out."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return (*sorted(places), "UTC")


@lru_cache(1000)
def zone(name: str) -> ZoneInfo:
    """The zone of that name; UTC where the name is not known to this machine.

    ZoneInfo itself keeps eight, and reads the others from the disk each time: a page of forty cities read forty files.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
