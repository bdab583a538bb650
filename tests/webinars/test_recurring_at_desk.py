"""Dates that come again are shown at the desk before anything is planned."""

from typing import Any

import pytest

from tests.factories.members import make_city
from tests.factories.webinars import (
    make_series,
    make_session,
)
from tests.webinars.desk import organiser
from webinars.choices import Visibility
from webinars.models import Session
from webinars.recurring import looked_at

pytestmark = pytest.mark.django_db


def repeated(**told: Any) -> dict[str, Any]:
    return {
        "series": "frontline",
        "title": "Cities on the Frontline",
        "day": "2030-02-28",
        "time": "08:00",
        "timezone": "America/New_York",
        "minutes": "60",
        "every": "week",
        "count": "4",
        "languages": ["en"],
        "deed": "show",
    } | told


def test_dates_are_shown_before_anything_is_planned_with_the_clocks_that_change() -> None:
    make_series()
    make_city("new-york", timezone="America/New_York")
    make_city("singapore", timezone="Asia/Singapore")

    html = organiser().post("/webinars/desk/repeat/", repeated()).content.decode()

    assert "4 dates" in html
    assert html.count("clocks have changed") == 1  # New York's own, on 10 March 2030
    assert html.count("not as the date before") == 1  # in Singapore: in New York it stays 08:00
    assert "Thu 21:00" in html
    assert "Thu 20:00" in html
    assert not Session.objects.exists()


def test_each_city_is_marked_where_its_hour_is_another_than_on_the_date_before_and_nowhere_else() -> None:
    cities = [
        make_city("accra", timezone="Africa/Accra"),
        make_city("belfast", timezone="Europe/London"),
        make_city("christchurch", timezone="Pacific/Auckland"),
    ]
    local = [f"2027-{day}T20:30" for day in ("03-04", "03-11", "03-25", "04-01", "04-08")]

    shown = looked_at(local, "America/New_York", cities, ())

    assert [each.day.day for each in shown if each.has_changed] == [25], "New York's own clocks, on 14 March"
    accra, belfast, christchurch = zip(*[each.there for each in shown], strict=True)
    assert [f"{there.at:%H:%M}" for there in accra] == ["01:30", "01:30", "00:30", "00:30", "00:30"]
    assert [there.at.day for there in accra if there.has_changed] == [26]
    assert [f"{there.at:%H:%M}" for there in belfast] == ["01:30", "01:30", "00:30", "01:30", "01:30"]
    assert [there.at.day for there in belfast if there.has_changed] == [26, 2]
    assert [f"{there.at:%H:%M}" for there in christchurch] == ["14:30", "14:30", "13:30", "13:30", "12:30"]
    assert [there.at.day for there in christchurch if there.has_changed] == [26, 9]


def test_a_city_whose_weekday_becomes_another_is_marked() -> None:
    cities = [make_city("accra", timezone="Africa/Accra")]

    shown = looked_at(["2027-03-11T19:30", "2027-03-18T19:30"], "America/New_York", cities, ())

    assert [f"{each.there[0].at:%a %H:%M}" for each in shown] == ["Fri 00:30", "Thu 23:30"]
    assert [each.there[0].has_changed for each in shown] == [False, True]


def test_a_public_holiday_in_one_of_the_cities_is_named_beside_its_time() -> None:
    make_series()
    make_city("bogota", country="CO", timezone="America/Bogota")
    make_city("singapore", country="SG", timezone="Asia/Singapore")
    told = repeated(day="2030-07-18", count="2", every="week", timezone="America/New_York", time="22:00")

    html = organiser().post("/webinars/desk/repeat/", told).content.decode()
    spanish = organiser().post("/es/webinars/desk/repeat/", told | {"day": "2030-07-19"}).content.decode()

    assert "holiday" not in html  # the 18th and 25th there; the 19th and 26th in Singapore
    assert "<bdi>Día de la Independencia</bdi>" not in spanish
    told |= {"day": "2030-07-20", "time": "08:00"}
    assert "<bdi>Independence Day</bdi>" in organiser().post("/webinars/desk/repeat/", told).content.decode()
    spanish = organiser().post("/es/webinars/desk/repeat/", told).content.decode()
    assert "<bdi>Día de la Independencia</bdi>" in spanish


def test_the_drafts_are_made_without_the_days_left_out_and_those_taken() -> None:
    series = make_series()
    make_session("taken", series=series, starts_local="2030-03-14T08:00", timezone="America/New_York")
    client = organiser()
    said = repeated(without="2030-03-07", deed="plan")

    client.post("/webinars/desk/repeat/", said)

    drafts = Session.objects.filter(visibility=Visibility.DRAFT).order_by("starts_at")
    assert [draft.starts_local for draft in drafts] == ["2030-02-28T08:00", "2030-03-21T08:00"]
    assert [draft.starts_at.hour for draft in drafts] == [13, 12]
    client.post("/webinars/desk/repeat/", said)
    assert drafts.count() == 2, "twice makes no twins"


def test_a_second_thursday_stays_the_second_thursday() -> None:
    make_series()

    organiser().post("/webinars/desk/repeat/", repeated(day="2030-01-10", every="month", count="3", deed="plan"))

    days = [session.starts_local[:10] for session in Session.objects.order_by("starts_at")]
    assert days == ["2030-01-10", "2030-02-14", "2030-03-14"]


def test_a_day_that_is_none_is_told() -> None:
    make_series()

    answer = organiser().post("/webinars/desk/repeat/", repeated(without="next Friday"))

    assert answer.status_code == 422
    assert "“next” is no day" in answer.content.decode()


def test_a_year_of_forty_sessions_is_planned_at_once() -> None:
    make_series()

    organiser().post("/webinars/desk/repeat/", repeated(count="40", deed="plan"))

    assert Session.objects.filter(visibility=Visibility.DRAFT).count() == 40
