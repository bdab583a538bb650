from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from i18n.days import first_weekday, month_in_words, weekday_in_words, weekdays_in_words

MONDAY, SATURDAY, SUNDAY = 0, 5, 6


@pytest.mark.parametrize(
    ("language", "zone", "begins"),
    [
        ("en", "Africa/Kigali", MONDAY),
        ("en", "America/New_York", SUNDAY),
        ("en", "Asia/Calcutta", SUNDAY),
        ("en", "Europe/Amsterdam", MONDAY),
        ("en", "America/Lima", SUNDAY),
        ("en", "Antarctica/Troll", MONDAY),
        ("en", "UTC", MONDAY),
        ("es", "America/Guayaquil", MONDAY),
        ("es", "America/Bogota", SUNDAY),
        ("pt", "UTC", SUNDAY),
        ("pt", "Europe/Lisbon", SUNDAY),
        ("fr", "UTC", MONDAY),
        ("ar", "Africa/Cairo", SATURDAY),
        ("ar", "Asia/Riyadh", SUNDAY),
        ("ar", "Africa/Kigali", SATURDAY),
    ],
)
def test_a_week_begins_as_the_language_has_it_where_the_reader_is(language: str, zone: str, begins: int) -> None:
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        assert first_weekday() == begins


@pytest.mark.parametrize(
    ("language", "month", "day", "weekday"),
    [
        ("en", "December 2026", "Mon, 7 Dec", ("Monday", "Mon")),
        ("es", "Diciembre de 2026", "lun, 7 dic", ("lunes", "lun")),
        ("pt", "Dezembro de 2026", "seg., 7 de dez.", ("segunda-feira", "seg.")),
        ("fr", "Décembre 2026", "lun. 7 déc.", ("lundi", "lun.")),
        ("ar", "ديسمبر 2026", "الاثنين، 7 ديسمبر", ("الاثنين", "الاثنين")),
    ],
)
def test_months_and_days_are_called_as_in_the_pages_language(
    language: str, month: str, day: str, weekday: tuple[str, str]
) -> None:
    monday = date(2026, 12, 7)

    with translation.override(language):
        said = month_in_words(monday), weekday_in_words(monday), weekdays_in_words(SUNDAY)[1]

    assert said == (month, day, weekday)
