"""Time zones: by their IANA names, and in words by the places that people know them by."""

from datetime import datetime
from functools import cache, lru_cache
from unicodedata import combining, normalize
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel import Locale
from babel.core import get_global
from django.utils.translation import get_language, pgettext

from i18n.languages import known
from i18n.texts import listed

Group = tuple[str, list[tuple[str, str]]]
# What Babel has words for, by the first part of a zone's name: UN M.49 and ISO 3166-1.
TERRITORIES = {
    "Africa": "002",
    "America": "019",
    "Antarctica": "AQ",
    "Asia": "142",
    "Australia": "AU",
    "Brazil": "BR",
    "Canada": "CA",
    "Chile": "CL",
    "Europe": "150",
    "Mexico": "MX",
    "Pacific": "009",
    "US": "US",
}


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


def zone_choices() -> list[Group | tuple[str, str]]:
    """For a select: by region and by place, in the active language, each with what it is ahead or behind now."""
    now = datetime.now(ZoneInfo("UTC"))
    quarter = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    return list(_choices(known(get_language() or ""), quarter))


@lru_cache(16)
def _choices(language: str, now: datetime) -> tuple[Group | tuple[str, str], ...]:
    """Params: now, to a quarter of an hour: clocks are put forward and back at none in between."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in zone_names():
        if "/" in name:
            label = f"{place_in_words(name, language)} ({_ahead(name, now)})"
            groups.setdefault(_region(name.partition("/")[0], language), []).append((name, label))
    sorted_groups = sorted(groups.items(), key=lambda group: _order(group[0]))
    told_apart = ((title, sorted(_told_apart(rows), key=lambda row: _order(row[1]))) for title, rows in sorted_groups)
    return (("UTC", "UTC"), *told_apart)


def _told_apart(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """An old name beside the new one reads alike, and says its place's too: browsers still tell old ones."""
    taken: set[str] = set()
    apart = []
    for name, label in sorted(rows, key=lambda row: (_is_old(row[0]), row[0])):
        apart.append((name, f"{label}, {_last_part(name)}" if label in taken else label))
        taken.add(label)
    return apart


def _is_old(name: str) -> bool:
    """Whether it spells its place otherwise than English does now: `Asia/Calcutta`."""
    return _last_part(name) != place_in_words(name, "en").partition(",")[0]


def _last_part(name: str) -> str:
    return name.rpartition("/")[2].replace("_", " ")


def _region(part: str, language: str) -> str:
    if part in TERRITORIES:
        return str(Locale.parse(language).territories[TERRITORIES[part]])
    oceans = {
        "Arctic": pgettext("region of time zones", "Arctic"),
        "Atlantic": pgettext("region of time zones", "Atlantic Ocean"),
        "Indian": pgettext("region of time zones", "Indian Ocean"),
    }
    return oceans.get(part, part)


def place_in_words(name: str, language: str) -> str:
    """`Africa/Kigali` is Kigali, `America/Indiana/Knox` Knox, Indiana, and `UTC` itself."""
    if "/" not in name:
        return name
    first, *between, last = name.split("/")
    told = Locale.parse(language).time_zones
    names = (name, _aliases().get(name, ""), f"{first}/{last}")
    known_as = next((each for each in names if "city" in told.get(each, {})), "")
    place = str(told[known_as]["city"]) if known_as else last.replace("_", " ")
    return listed([place, *(part.replace("_", " ") for part in between)], language)


@cache
def _aliases() -> dict[str, str]:
    return dict(get_global("zone_aliases"))


def _ahead(name: str, now: datetime) -> str:
    """`UTC+2`, `UTC−3:30`."""
    offset = now.astimezone(zone(name)).utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


def _order(words: str) -> str:
    """Accents part no names."""
    return "".join(letter for letter in normalize("NFKD", words.casefold()) if not combining(letter))
