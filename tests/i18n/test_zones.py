"""Time zones in a select: by the places that people know."""

import pytest
import time_machine
from django.utils import translation

from i18n.zones import zone_choices, zone_names


def labels(language: str) -> dict[str, dict[str, str]]:
    """By region, by name."""
    with translation.override(language):
        return {title: dict(rows) for title, rows in zone_choices() if not isinstance(rows, str)}


def test_every_zone_stands_once_under_its_region_with_what_it_is_ahead() -> None:
    english = labels("en")

    assert sorted([*(name for rows in english.values() for name in rows), "UTC"]) == sorted(zone_names())
    assert english["Africa"]["Africa/Kigali"] == "Kigali (UTC+2)"
    assert english["Americas"]["America/Argentina/Buenos_Aires"] == "Buenos Aires, Argentina (UTC−3)"
    assert english["Asia"]["Asia/Kathmandu"].endswith("(UTC+5:45)")
    assert english["Atlantic Ocean"]["Atlantic/Reykjavik"] == "Reykjavik (UTC)"
    assert not [label for rows in english.values() for label in rows.values() if "_" in label or "/" in label]


@pytest.mark.parametrize(
    ("language", "region", "label"),
    [("es", "África", "Kigali (UTC+2)"), ("ar", "أفريقيا", "كيغالي (UTC+2)"), ("pt", "África", "Kigali (UTC+2)")],
)
def test_they_are_named_in_the_readers_language(language: str, region: str, label: str) -> None:
    assert labels(language)[region]["Africa/Kigali"] == label


@pytest.mark.parametrize(("day", "label"), [("2026-01-15", "Lisbon (UTC)"), ("2026-07-15", "Lisbon (UTC+1)")])
def test_summer_time_is_reckoned(day: str, label: str) -> None:
    with time_machine.travel(f"{day}T12:00Z", tick=False):
        assert labels("en")["Europe"]["Europe/Lisbon"] == label


def test_places_stand_by_name_whatever_their_accents() -> None:
    first = [label.partition(" (")[0] for label in labels("pt")["África"].values()]

    assert first.index("Abidjan") < first.index("Acra") < first.index("Argel") < first.index("Túnis")


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr", "ar"])
def test_no_two_zones_of_a_region_read_alike(language: str) -> None:
    for rows in labels(language).values():
        assert len(set(rows.values())) == len(rows)
