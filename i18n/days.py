"""The days of a calendar: what they are called, and with which of them a week begins where the reader is."""

from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_skeleton, get_day_names
from babel.languages import get_official_languages
from django.utils import timezone
from django.utils.translation import get_language

from i18n.languages import DEFAULT, known

NOWHERE = "ZZ"  # as CLDR says of UTC
LOCALES = {"en": "en_001"}  # the day before the month, as in i18n/times.py


def first_weekday() -> int:
    """0 for Monday to 6 for Sunday, for the active language in the region of the active zone."""
    region = _region(known(get_language() or ""), str(timezone.get_current_timezone()))
    if region == NOWHERE:
        return 0
    try:
        return Locale.parse(f"und_{region}").first_week_day
    except UnknownLocaleError:  # the poles, and islands where nobody speaks a language of their own
        return 0


@cache
def _region(language: str, zone_name: str) -> str:
    """Where the zone lies, if the language is at home there; else where it is spoken by most.

    English is read everywhere, and its readers keep their own weeks.
    """
    name = get_global("zone_aliases").get(zone_name, zone_name)
    territory = get_global("zone_territories").get(name, NOWHERE)
    if language == DEFAULT or language in get_official_languages(territory, regional=True, de_facto=True):
        return str(territory)
    return str(get_global("likely_subtags")[language]).rpartition("_")[2]


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
    """`Mon, 7 Dec`, as the language puts it."""
    return _said("MMMEd", day)


def day_of_month_in_words(day: date) -> str:
    """`7 Dec`, as the language puts it."""
    return _said("MMMd", day)


def _said(skeleton: str, day: date) -> str:
    language = known(get_language() or "")
    return format_skeleton(skeleton, day, locale=LOCALES.get(language, language))
