"""Public holidays of the cities' countries."""

from datetime import date

import pytest

from webinars.resting import holiday_in


@pytest.mark.parametrize(
    ("country", "day", "language", "name"),
    [
        ("CO", date(2030, 7, 20), "es", "Día de la Independencia"),
        ("CO", date(2030, 7, 20), "fr", "Independence Day"),  # neither French nor English is spoken by law there
        ("KE", date(2030, 12, 12), "en", "Jamhuri Day"),
        ("KE", date(2030, 12, 13), "en", ""),
        ("ID", date(2030, 8, 17), "ar", "Independence Day"),
        ("XX", date(2030, 1, 1), "en", ""),
        ("", date(2030, 1, 1), "en", ""),
    ],
)
def test_a_day_has_the_name_of_its_holiday_in_a_language_that_is_known(
    country: str, day: date, language: str, name: str
) -> None:
    assert holiday_in(country, day, language=language) == name


def test_a_religious_feast_moves_with_its_own_calendar() -> None:
    assert "Eid" in holiday_in("SA", date(2026, 3, 20), language="en")
    assert holiday_in("SA", date(2027, 3, 20), language="en") == ""
