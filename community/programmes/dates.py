"""Dates as far as they are known: 2017, 2020-05 or 2015-12-08."""

from datetime import date

from django.utils.formats import date_format

from i18n.times import day_in_words

_FORMATS = ("Y", "YEAR_MONTH_FORMAT")


def said_date(known: str) -> str:
    """In the active language; as it stands where it is no date."""
    try:
        year, month, day = [*(int(part) for part in known.split("-")), 1, 1][:3]
        told, parts = date(year, month, day), known.count("-")
        return day_in_words(told) if parts == 2 else date_format(told, _FORMATS[parts])
    except (ValueError, IndexError):
        return known
