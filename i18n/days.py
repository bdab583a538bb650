"""The days of a calendar: what they are called, and with which of them a week begins where the reader is."""

from datetime import date
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.dates import format_skeleton, get_day_names
from babel.languages import get_official_languages
from django.utils import timezone
from django.utils.translation import get_language

from i18n.languages import known


def first_weekday() -> int:
    """0 for Monday to 6 for Sunday, for the active language in the region of the active zone."""
    language = known(get_language() or "")
    return Locale(language, territory=_region(language, str(timezone.get_current_timezone()))).first_week_day


@cache
def _region(language: str, zone_name: str) -> str:
    """Where the zone lies, if the language is at home there; else where it is spoken by most."""
    name = get_global("zone_aliases").get(zone_name, zone_name)
    territory = get_global("zone_territories").get(name, "")
    if language in get_official_languages(territory, regional=True, de_facto=True):
        return territory
    return get_global("likely_subtags")[language].rpartition("_")[2]


def weekdays_in_words(first: int) -> list[tuple[str, str]]:
    """In a week's order, each whole and short: `Monday`, `Mon`. Params: first, 0 for Monday."""
    language = known(get_language() or "")
    whole, short = (get_day_names(width, "stand-alone", language) for width in ("wide", "abbreviated"))
    return [(whole[number % 7], short[number % 7]) for number in range(first, first + 7)]


def month_in_words(day: date) -> str:
    """`December 2026`, fit to begin a heading."""
    words = _said("yMMMM", day)
    return words[0].upper() + words[1:]


def weekday_in_words(day: date) -> str:
    """`Mon, Dec 7`, as the language puts it."""
    return _said("MMMEd", day)


def day_of_month_in_words(day: date) -> str:
    """`Dec 7`, as the language puts it."""
    return _said("MMMd", day)


def _said(skeleton: str, day: date) -> str:
    return format_skeleton(skeleton, day, locale=known(get_language() or ""))
