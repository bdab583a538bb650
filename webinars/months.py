"""The schedule by days: a month or a week, as the reader's calendar has it, in the active zone."""

import re
from calendar import Calendar
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import get_language, pgettext

from i18n.days import day_of_month_in_words, first_weekday, month_in_words, weekday_in_words
from i18n.languages import known
from i18n.texts import listed
from i18n.times import day_in_words, zone_in_words
from i18n.zones import place_in_words
from webinars.models import Session
from webinars.plans import instant

YEARS = range(2000, 2100)
MONTH, DAY = re.compile(r"([0-9]{4})-([0-9]{2})"), re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Day:
    """Params: is_outside, of the month before or after the one that is shown."""

    date: date
    sessions: list[Session]
    is_outside: bool
    is_today: bool

    @property
    def label(self) -> str:
        """The number, with the month's name where that is not the heading's or begins."""
        return day_of_month_in_words(self.date) if self.is_outside or self.date.day == 1 else str(self.date.day)

    @property
    def words(self) -> str:
        return weekday_in_words(self.date)


@dataclass(frozen=True)
class Span:
    """A month, or a week. Params: first, its first day; days, of whole weeks; previous, next, as addresses say them."""

    is_month: bool
    first: date
    days: tuple[date, ...]
    previous: str
    next: str

    @property
    def starts_at(self) -> datetime:
        return _midnight(self.days[0])

    @property
    def ends_at(self) -> datetime:
        return _midnight(self.days[-1] + timedelta(days=1))

    @property
    def words(self) -> str:
        if self.is_month:
            return month_in_words(self.first)
        told = {"first": day_in_words(self.days[0]), "last": day_in_words(self.days[-1])}
        return pgettext("heading over a week", "%(first)s to %(last)s") % told

    @property
    def zone_in_words(self) -> str:
        """`Kigali, GMT+2`; both where clocks are changed in between."""
        name = str(timezone.get_current_timezone())
        if name == "UTC":
            return name
        offsets = dict.fromkeys(zone_in_words(moment) for moment in (self.starts_at, self.ends_at))
        return listed([place_in_words(name, known(get_language() or "")), *offsets])

    @property
    def as_month(self) -> str:
        """The month in which most of it lies, as an address says it."""
        return month_address(self.first if self.is_month else self.days[3])

    @property
    def as_week(self) -> str:
        """This week where it is in here; else the first one."""
        today = timezone.localdate()
        return day_address(today if self.is_month and _month(today) == _month(self.first) else self.first)

    def weeks(self, sessions: Iterable[Session]) -> list[list[Day]]:
        """Its days with their sessions, which stand on the day on which they begin. Params: sessions, in order."""
        by_day: dict[date, list[Session]] = {}
        for session in sessions:
            by_day.setdefault(timezone.localtime(session.starts_at).date(), []).append(session)
        today = timezone.localdate()
        days = [
            Day(day, by_day.get(day, []), self.is_month and _month(day) != _month(self.first), day == today)
            for day in self.days
        ]
        return [days[start : start + 7] for start in range(0, len(days), 7)]


def month_of(address: str) -> Span:
    """Of `2026-12`; of what is no month, the present one."""
    found = MONTH.fullmatch(address)
    first = _day(f"{address}-01") if found else None
    first = first or timezone.localdate().replace(day=1)
    weeks = Calendar(first_weekday()).monthdatescalendar(first.year, first.month)
    days = tuple(day for week in weeks for day in week)
    before, after = first - timedelta(days=1), first + timedelta(days=31)
    return Span(True, first, days, month_address(before), month_address(after))


def week_of(address: str) -> Span:
    """In which `2026-12-07` is; of what is no day, the present one."""
    day = (_day(address) if DAY.fullmatch(address) else None) or timezone.localdate()
    first = day - timedelta(days=(day.weekday() - first_weekday()) % 7)
    days = tuple(first + timedelta(days=number) for number in range(7))
    before, after = first - timedelta(days=7), first + timedelta(days=7)
    return Span(False, first, days, day_address(before), day_address(after))


def moved(session: Session, address: str) -> Session | None:
    """As it would be on another day of the reader's, at the same time by the clocks of its own zone; nothing is saved.

    Params: address, the day as `2026-12-07`; None for what is no day, or for the day on which it stands.
    """
    day = _day(address) if DAY.fullmatch(address) else None
    shown = timezone.localtime(session.starts_at).date()
    if day is None or day == shown:
        return None
    wall = datetime.fromisoformat(session.starts_local) + (day - shown)
    # Where clocks are changed in between, the reader's day may begin on another side of that hour.
    near = [(wall + timedelta(days=more)).isoformat(timespec="minutes") for more in (0, -1, 1)]
    fit = (local for local in near if timezone.localtime(instant(local, session.timezone)).date() == day)
    return at_another_time(session, next(fit, near[0]), session.timezone, session.minutes)


def at_another_time(session: Session, starts_local: str, zone_name: str, minutes: int) -> Session:
    """A copy with that time, which nobody has saved."""
    other = copy(session)
    other.starts_local, other.timezone = starts_local, zone_name
    other.starts_at = instant(starts_local, zone_name)
    other.ends_at = other.starts_at + timedelta(minutes=minutes)
    return other


SPANS: dict[str, Callable[[str], Span]] = {"month": month_of, "week": week_of}


def month_address(day: date) -> str:
    """Empty beyond the years that the desk shows."""
    return day.isoformat()[:7] if day.year in YEARS else ""


def day_address(day: date) -> str:
    return day.isoformat() if day.year in YEARS else ""


def _day(words: str) -> date | None:
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
