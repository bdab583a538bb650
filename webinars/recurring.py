"""Dates that come again, before anything is planned on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from django.db import models
from django.utils.translation import pgettext_lazy

from community.members.models import City
from i18n.languages import DEFAULT
from i18n.zones import zone
from webinars.resting import holiday_in

MOST = 60  # dates
EVERY_ORDINAL = 4  # a fifth Thursday is not in every month: it is taken as the last


class Every(models.TextChoices):
    WEEK = "week", pgettext_lazy("how often a session comes again", "Every week")
    FORTNIGHT = "fortnight", pgettext_lazy("how often a session comes again", "Every second week")
    MONTH = "month", pgettext_lazy("how often a session comes again", "Every month, on the same weekday of it")


@dataclass(frozen=True)
class There:
    """What a clock in a city shows. Params: at, its own, in no zone; has_changed, another time of day or
    weekday than on the date before in the list; holiday, the name of the public holiday that it is there.
    """

    city: City
    at: datetime
    has_changed: bool
    holiday: str = ""


@dataclass(frozen=True)
class Date:
    """Params: is_skipped, the clock never shows this time on that day; is_taken, the series has a session then;
    has_changed, the clocks of its own zone were changed since the date before in the list.
    """

    local: str  # 2026-11-26T08:00
    at: datetime
    there: Sequence[There]
    is_skipped: bool
    is_taken: bool
    has_changed: bool

    @property
    def day(self) -> datetime:
        """The wall clock's own, in no zone."""
        return datetime.fromisoformat(self.local)


def dates(first: date, at: time, every: Every, count: int, *, without: Iterable[date] = ()) -> list[str]:
    """Local times, `2026-11-26T08:00`. Of a month, the same weekday as the first: its second Thursday, or its last.

    Params: count, how many, those left out counted too.
    """
    begin = datetime.combine(first, at)
    if every is Every.MONTH:
        ordinal = (first.day - 1) // 7 + 1
        by = weekday(first.weekday(), ordinal if ordinal <= EVERY_ORDINAL else -1)
        rule = rrule(MONTHLY, dtstart=begin, count=count, byweekday=by)
    else:
        rule = rrule(WEEKLY, dtstart=begin, count=count, interval=2 if every is Every.FORTNIGHT else 1)
    skipped = set(without)
    return [moment.isoformat(timespec="minutes") for moment in rule if moment.date() not in skipped]


def looked_at(
    local: Sequence[str], zone_name: str, cities: Sequence[City], taken: Iterable[datetime], *, language: str = DEFAULT
) -> list[Date]:
    """Each date as these cities' clocks show it, and what had better be known before it is planned.

    Params: language, of the names of holidays.
    """
    times, before = set(taken), dict[int, tuple[int, time]]()
    found: list[Date] = []
    offset = None
    for each in local:
        own = datetime.fromisoformat(each).replace(tzinfo=zone(zone_name))
        has_own_changed = offset is not None and own.utcoffset() != offset
        offset, moment = own.utcoffset(), own.astimezone(UTC)
        there = []
        for city in cities:
            shown = moment.astimezone(zone(city.timezone))
            told = (shown.weekday(), shown.time())
            has_changed = before.get(city.pk, told) != told
            before[city.pk] = told
            holiday = holiday_in(city.country, shown.date(), language=language)
            there.append(There(city, shown.replace(tzinfo=None), has_changed, holiday))
        is_skipped, is_taken = never_shown(each, zone_name), moment in times
        found.append(Date(each, moment, there, is_skipped, is_taken, has_changed=has_own_changed))
    return found


def never_shown(local: str, zone_name: str) -> bool:
    """Whether clocks jump over this time there, as they are put forward."""
    wall = datetime.fromisoformat(local)
    back = wall.replace(tzinfo=zone(zone_name)).astimezone(UTC).astimezone(zone(zone_name))
    return back.replace(tzinfo=None) != wall


def comes_twice(local: str, zone_name: str) -> bool:
    """Whether clocks show this time twice on that day there, as they are put back. The first of the two is taken."""
    first = datetime.fromisoformat(local).replace(tzinfo=zone(zone_name))
    return first.utcoffset() != first.replace(fold=1).utcoffset() and not never_shown(local, zone_name)
