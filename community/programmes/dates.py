"""Dates as far as they are known: 2017, 2020-05 or 2015-12-08."""

from datetime import date

from django.utils.formats import date_format

_FORMATS = ("Y", "YEAR_MONTH_FORMAT", "DATE_FORMAT")


def said_date(known: str) -> str:
    """In the active language; as it stands where it is no date."""
    try:
        year, month, day = [*(int(part) for part in known.split("-")), 1, 1][:3]
        return date_format(date(year, month, day), _FORMATS[known.count("-")])
    except (ValueError, IndexError):
        return known
