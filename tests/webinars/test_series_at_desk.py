"""Organisers begin and describe series at the desk."""

from typing import Any

import pytest
from django.test import Client

from community.facts.models import Fact
from tests.factories.forums import make_forum
from tests.factories.webinars import (
    make_series,
)
from tests.webinars.desk import organiser
from webinars.models import Series

pytestmark = pytest.mark.django_db


def typed_series(**told: Any) -> dict[str, Any]:
    """The form of a series as an organiser fills it in."""
    return {
        "title_en": "Heat hours",
        "title_pt": "Horas de calor",
        "description_en": "An hour on heat.",
        "timezone": "America/Sao_Paulo",
        "minutes": "45",
        "languages": ["en", "pt"],
        "organisers": "Resilient Cities Network\n\nWorld Bank\n",
        "supporters": "",
    } | told


def test_an_organiser_begins_a_series_and_its_sessions_begin_as_is_usual_in_it() -> None:
    forum = make_forum("after-sessions")
    bo = organiser()

    made = bo.post("/webinars/desk/series/new/", typed_series(forum="after-sessions"))

    series = Series.objects.get()
    assert made["Location"] == "/webinars/desk/?series=heat-hours"
    assert (series.slug, series.timezone, series.usual_minutes) == ("heat-hours", "America/Sao_Paulo", 45)
    assert (series.organisers, series.forum) == (["Resilient Cities Network", "World Bank"], forum)
    assert "Horas de calor" in Client().get("/pt/webinars/heat-hours/").content.decode()
    new = bo.get("/webinars/desk/new/?series=heat-hours").content.decode()
    assert '<option value="America/Sao_Paulo" selected>' in new


def test_a_series_without_a_title_is_refused_beside_the_field_and_nothing_typed_is_lost() -> None:
    answer = organiser().post("/webinars/desk/series/new/", typed_series(title_en="", title_pt=""))

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Give it a title in one language at least." in html and "An hour on heat." in html
    assert not Series.objects.exists()


@pytest.mark.parametrize("title", ["Desk", "Registration", "Frontline"])
def test_no_series_takes_the_address_of_another_page(title: str) -> None:
    make_series("frontline")

    organiser().post("/webinars/desk/series/new/", typed_series(title_en=title))

    assert Series.objects.latest("pk").slug == f"{title.lower()}-2"


def test_two_organisers_at_one_series_overwrite_nothing_blindly() -> None:
    series, bo = make_series(), organiser()
    bo.post("/webinars/desk/series/frontline/", typed_series(version=1, title_en="Hers"))

    answer = bo.post("/webinars/desk/series/frontline/", typed_series(version=1, title_en="Mine"))

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Another organiser has changed this series" in html
    assert "Hers: An hour on heat." in html and 'value="Mine"' in html and 'name="version" value="2"' in html
    series.refresh_from_db()
    assert (series.title_en, series.slug) == ("Hers", "frontline")  # type: ignore[attr-defined]
    assert bo.post("/webinars/desk/series/frontline/", typed_series(version=2, title_en="Mine")).status_code == 302


def test_a_series_that_says_the_same_again_tells_nobody() -> None:
    make_series()
    bo = organiser()
    bo.post("/webinars/desk/series/frontline/", typed_series(version=1))
    told = Fact.objects.count()

    bo.post("/webinars/desk/series/frontline/", typed_series(version=2))

    assert Fact.objects.count() == told
