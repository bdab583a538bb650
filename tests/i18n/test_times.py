from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from i18n.times import day_element, in_readers_zone, meeting_element, time_element

NOON = datetime(2026, 11, 22, 12, 5, tzinfo=UTC)


@contextmanager
def reading(language: str, zone: str) -> Iterator[None]:
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        yield


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "22 Nov 2026, 14:05 GMT+2"),
        ("es", "22 nov 2026, 14:05 GMT+2"),
        ("pt", "22 de nov. de 2026, 14:05 GMT+2"),
        ("fr", "22 nov. 2026, 14:05 UTC+2"),
        ("ar", "22 نوفمبر 2026، 14:05 GMT+2"),
    ],
)
def test_a_moment_is_said_in_the_readers_zone_and_language(language: str, words: str) -> None:
    with reading(language, "Africa/Kigali"):
        element = time_element(NOON)

    assert element == f'<time datetime="2026-11-22T12:05:00Z" data-when="moment">{words}</time>'


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Mon 23 Nov 2026, 01:05 GMT+2"),
        ("es", "lun 23 nov 2026, 01:05 GMT+2"),
        ("pt", "seg. 23 de nov. de 2026, 01:05 GMT+2"),
        ("fr", "lun. 23 nov. 2026, 01:05 UTC+2"),
        ("ar", "الاثنين 23 نوفمبر 2026، 01:05 GMT+2"),
    ],
)
def test_of_what_one_has_to_be_free_for_the_day_of_the_week_is_said_too(language: str, words: str) -> None:
    with reading(language, "Africa/Kigali"):
        element = meeting_element(datetime(2026, 11, 22, 23, 5, tzinfo=UTC))

    assert element == f'<time datetime="2026-11-22T23:05:00Z" data-when="meeting">{words}</time>'


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("UTC", "22 Nov 2026, 12:05 UTC"),
        ("America/Guayaquil", "22 Nov 2026, 07:05 GMT−5"),
        ("America/St_Johns", "22 Nov 2026, 08:35 GMT−3:30"),
        ("Asia/Kathmandu", "22 Nov 2026, 17:50 GMT+5:45"),
    ],
)
def test_every_zone_is_named(zone: str, words: str) -> None:
    with reading("en", zone):
        element = time_element(NOON)

    assert f">{words}<" in element


def test_the_zone_is_that_of_the_moment_and_not_of_today() -> None:
    in_summer = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)

    with reading("en", "Europe/Paris"):
        elements = time_element(in_summer), time_element(NOON)

    assert ["GMT+2" in elements[0], "GMT+1" in elements[1]] == [True, True]


def test_a_moment_falls_on_the_day_it_has_in_the_readers_zone() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    with reading("en", "Asia/Jakarta"):
        element = day_element(late)

    assert element == '<time datetime="2026-11-22T23:30:00Z" data-when="day">23 Nov 2026</time>'


def test_a_bare_date_has_no_zone() -> None:
    with reading("fr", "Asia/Jakarta"):
        element = day_element(date(2026, 2, 3))

    assert element == '<time datetime="2026-02-03">3 févr. 2026</time>'


def test_times_of_a_kept_fragment_are_said_again_and_nothing_else_is_touched() -> None:
    with reading("en", "UTC"):
        kept = (
            f"<p>At {time_element(NOON)}, on {day_element(NOON)}, {meeting_element(NOON)}, "
            f"since {day_element(date(2026, 1, 1))}: 5 &lt; 6</p>"
        )

    with reading("ar", "Africa/Cairo"):
        again = in_readers_zone(kept)
        expected = f"<p>At {time_element(NOON)}, on {day_element(NOON)}, {meeting_element(NOON)}, since"

    assert again.startswith(expected)
    assert again.endswith(' <time datetime="2026-01-01">1 Jan 2026</time>: 5 &lt; 6</p>')


def test_what_a_member_wrote_is_never_taken_for_a_time() -> None:
    written = '&lt;time datetime="2026-11-22T12:05:00Z" data-when="moment"&gt;now&lt;/time&gt;'

    with reading("en", "Asia/Jakarta"):
        assert in_readers_zone(written) == written
