"""Moments in words: in the active zone, which is always named, and in the active language, with Western digits."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from babel.dates import get_day_names, get_month_names
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from i18n.languages import known


class Manner(NamedTuple):
    """How a language says a day, a moment and the zone it counts from."""

    day: str = "{day} {month} {year}"
    moment: str = "{day}, {hour:02}:{minute:02} {zone}"
    universal: str = "GMT"


MANNERS = {
    "en": Manner(),
    "es": Manner(),
    "pt": Manner(day="{day} de {month} de {year}"),
    "fr": Manner(universal="UTC"),
    "ar": Manner(moment="{day}، {hour:02}:{minute:02} {zone}"),
}
ELEMENT = re.compile(r'<time datetime="([0-9T:.+-]+Z)" data-when="(moment|meeting|day)">[^<]*</time>')


def time_element(moment: datetime) -> SafeString:
    """`<time>` with the universal time for machines and, for people, the active zone's time with that zone named."""
    return element(moment, kind="moment", words=moment_in_words(moment))


def meeting_element(moment: datetime) -> SafeString:
    """As `time_element`, with the day of the week: of what one has to be free for."""
    return element(moment, kind="meeting", words=meeting_in_words(moment))


def day_element(day: date) -> SafeString:
    """The same for the day alone. A moment falls on the day it has in the active zone; a bare date has no zone."""
    if isinstance(day, datetime):
        return element(day, kind="day", words=day_in_words(timezone.localtime(day)))
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), day_in_words(day))


def in_readers_zone(html: str) -> SafeString:
    """Say every time in a kept fragment again, in the active zone and language.

    `html` is our own rendering: it is handed back as safe.
    """
    return mark_safe(ELEMENT.sub(said_again, html))  # noqa: S308 - the fragment was rendered by our own templates


def said_again(found: re.Match[str]) -> str:
    moment = datetime.fromisoformat(found[1])
    return ELEMENTS[found[2]](moment)


def element(moment: datetime, *, kind: str, words: str) -> SafeString:
    machine = moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return format_html('<time datetime="{}" data-when="{}">{}</time>', machine, kind, words)


def moment_in_words(moment: datetime) -> str:
    """`22 Nov 2026, 14:05 GMT+2`."""
    local = timezone.localtime(moment)
    return manner().moment.format(
        day=day_in_words(local), hour=local.hour, minute=local.minute, zone=zone_in_words(local)
    )


def meeting_in_words(moment: datetime) -> str:
    """`Sun 22 Nov 2026, 14:05 GMT+2`."""
    return f"{_weekday(timezone.localtime(moment))} {moment_in_words(moment)}"


def weekday_clock(local: datetime) -> str:
    """`Thu 08:00`, in the zone of this very moment, whose place stands beside it."""
    return f"{_weekday(local)} {local:%H:%M}"


def _weekday(day: date) -> str:
    """`Thu`, of the day as it is given."""
    return weekday_names(known(get_language() or ""))[day.weekday()]


def day_in_words(day: date) -> str:
    """`22 Nov 2026`, of the day as it is given."""
    months = month_names(known(get_language() or ""))
    return manner().day.format(day=day.day, month=months[day.month - 1], year=day.year)


def zone_in_words(local: datetime) -> str:
    """`GMT+2`, `GMT−3:30`, and `UTC` where the two agree."""
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"{manner().universal}{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


def manner() -> Manner:
    return MANNERS[known(get_language() or "")]


@cache
def month_names(language: str) -> tuple[str, ...]:
    names = get_month_names("abbreviated", locale=language)
    return tuple(names[month] for month in range(1, 13))


@cache
def weekday_names(language: str) -> tuple[str, ...]:
    """From Monday on."""
    names = get_day_names("abbreviated", locale=language)
    return tuple(names[number] for number in range(7))


ELEMENTS = {"moment": time_element, "meeting": meeting_element, "day": day_element}
