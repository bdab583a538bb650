"""Public holidays, by which organisers see where nobody is at work on a date."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from i18n.languages import DEFAULT

KEPT_COUNTRIES = 100


def holiday_in(country: str, day: date, *, language: str) -> str:
    """Its name, or nothing. Params: country, ISO 3166-1 alpha-2; language, of the reader: its name comes in that, in
    English or in the country's own, whichever is known."""
    return _named(country, day.year, language).get(day, "")


@lru_cache(maxsize=KEPT_COUNTRIES)
def _named(country: str, year: int, language: str) -> dict[date, str]:
    from holidays import country_holidays  # 20 MB, for organisers who plan: no other page needs them

    try:
        known = country_holidays(country, years=year)
        spoken = _nearest(known.supported_languages, language)
        return dict(country_holidays(country, years=year, language=spoken)) if spoken else dict(known)
    except NotImplementedError:  # a country that the library does not know
        return {}


def _nearest(supported: Iterable[str], language: str) -> str | None:
    for wanted in (language, DEFAULT):
        for code in sorted(supported):
            if code.partition("_")[0] == wanted:
                return code
    return None
