"""The desk by days: a month or a week of whole weeks, in the organiser's own zone."""

import re
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from tests.factories.members import make_member, make_organiser
from tests.factories.webinars import make_draft, make_registration, make_room, make_series, make_session, make_speaker
from tests.webinars.desk import typed_of
from webinars.actions import cancel_session, open_registration
from webinars.models import Session
from webinars.months import month_of, moved, week_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
BEFORE = "2026-12-07T08:00"
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
DAY = re.compile(r'<td[^>]* data-day="([0-9-]+)".*?</td>', re.DOTALL)


def organiser(**fields: Any) -> Client:
    client = Client()
    client.force_login(make_organiser(**fields))
    return client


def days_of(html: str) -> dict[str, str]:
    """What stands on each day."""
    return {found[1]: found[0] for found in DAY.finditer(html)}


@pytest.mark.parametrize("address", ["2026-11", "", "2026-13", "26-12", "1999-12", "2100-01", "٢٠٢٦-١٢", "2026-12-07"])
@time_machine.travel(NOW, tick=False)
def test_what_is_no_month_is_the_present_one(address: str) -> None:
    assert month_of(address).first == date(2026, 11, 1)


@pytest.mark.parametrize("address", ["", "2026-W48", "2026-02-30", "2026-11", "20261127", "x" * 5000])
@time_machine.travel(NOW, tick=False)
def test_what_is_no_day_is_in_the_present_week(address: str) -> None:
    with timezone.override(ZoneInfo("Africa/Kigali")):
        assert week_of(address).days[0] == date(2026, 11, 23)


def test_a_month_is_whole_weeks_and_leads_to_its_neighbours() -> None:
    with timezone.override(ZoneInfo("Africa/Kigali")), translation.override("en"):
        december, january = month_of("2026-12"), month_of("2027-01")

    assert (december.days[0], december.days[-1]) == (date(2026, 11, 30), date(2027, 1, 3))
    assert (december.previous, december.next, december.words) == ("2026-11", "2027-01", "December 2026")
    assert (january.previous, january.next) == ("2026-12", "2027-02")


def test_the_first_and_the_last_month_lead_nowhere_beyond() -> None:
    assert (month_of("2000-01").previous, month_of("2099-12").next) == ("", "")
    assert (week_of("2000-01-01").previous, week_of("2099-12-31").next) == ("", "")


def test_a_week_begins_as_the_readers_does() -> None:
    with timezone.override(ZoneInfo("Africa/Cairo")):
        with translation.override("ar"):
            hers = week_of("2026-12-07")
        with translation.override("fr"):
            his = week_of("2026-12-07")

    assert (hers.days[0], his.days[0]) == (date(2026, 12, 5), date(2026, 12, 7))
    assert (his.previous, his.next) == ("2026-11-30", "2026-12-14")


def test_a_span_names_its_zone_with_both_offsets_where_clocks_change() -> None:
    with timezone.override(ZoneInfo("America/New_York")), translation.override("en"):
        assert month_of("2026-12").zone_in_words == "New York, GMT−5"
        assert month_of("2026-11").zone_in_words == "New York, GMT−4, GMT−5"
    with timezone.override(UTC):
        assert month_of("2026-11").zone_in_words == "UTC"


def test_sessions_stand_on_the_days_and_at_the_hours_of_the_organisers_own_zone() -> None:
    late = make_session("late", starts_local="2026-12-07T23:30", timezone="America/New_York")
    client = organiser(timezone="Africa/Kigali")

    html = client.get("/webinars/desk/?view=month&from=2026-12").content.decode()
    days = days_of(html)

    assert "Times in Kigali, GMT+2" in html
    assert f"/webinars/desk/{late.pk}/" in days["2026-12-08"]
    assert ">06:30</time>" in days["2026-12-08"]
    assert "Late" not in days["2026-12-07"]
    assert [html.count(f'abbr="{name}"') for name in ("Monday", "Sunday")] == [1, 1]
    assert next(iter(days)) == "2026-11-30"


def test_drafts_and_cancelled_ones_are_told_apart_in_words() -> None:
    make_session("open", starts_local="2026-12-01T08:00")
    make_draft("begun", starts_local="2026-12-02T08:00")
    cancel_session(make_session("off", starts_local="2026-12-03T08:00").pk, reason="")

    days = days_of(organiser().get("/webinars/desk/?view=month&from=2026-12").content.decode())

    chips = [re.findall(r'<span class="chip[^"]*">(\w+)<', days[f"2026-12-0{number}"]) for number in (1, 2, 3)]
    assert chips == [[], ["Draft"], ["Cancelled"]]


def test_a_full_day_shows_all_its_sessions() -> None:
    series = make_series()
    for hour in range(8, 17):
        make_session(f"at-{hour}", series=series, starts_local=f"2026-12-01T{hour:02}:00")

    days = days_of(organiser().get("/webinars/desk/?view=month&from=2026-12").content.decode())

    assert days["2026-12-01"].count("<li") == 9


def test_a_week_says_more_of_each_session_and_the_choice_of_a_series_stays() -> None:
    make_session("heat", starts_local="2026-12-07T08:00")
    make_session("sea", series=make_series("coasts"), starts_local="2026-12-07T09:00")

    html = organiser().get("/webinars/desk/?view=week&from=2026-12-07&series=coasts").content.decode()
    day = days_of(html)["2026-12-07"]

    assert len(days_of(html)) == 7
    assert "Sea" in day and "Coasts" in day and ">10:00</time>" in day and "Heat" not in day
    assert '"?view=week&amp;from=2026-12-14&amp;series=coasts"' in html
    assert '"?view=month&amp;from=2026-12&amp;series=coasts"' in html


@pytest.mark.parametrize(("view", "words"), [("month", "in this month"), ("week", "in this week")])
def test_where_nothing_is_planned_that_is_said(view: str, words: str) -> None:
    assert f"Nothing is planned {words}." in organiser().get(f"/webinars/desk/?view={view}").content.decode()


def test_a_view_that_there_is_not_is_the_list() -> None:
    html = organiser().get("/webinars/desk/?view=year&from=2026").content.decode()

    assert "<table" not in html and 'href="?view=month"' in html


@pytest.mark.parametrize("view", ["month", "week"])
def test_days_are_there_for_organisers_alone(view: str) -> None:
    make_draft("secret", starts_local="2026-12-07T08:00")
    ana = Client()
    ana.force_login(make_member("Ana"))
    address = f"/webinars/desk/?view={view}&from=2026-12"

    assert ana.get(address).status_code == 404
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("view", ["month&from=2026-12", "week&from=2026-12-07"])
def test_days_cost_the_same_queries_with_one_session_and_with_many(
    view: str, django_assert_max_num_queries: DjangoAssertNumQueries, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = organiser()
    make_session("one", starts_local="2026-12-07T08:00")
    with django_assert_max_num_queries(MOST_QUERIES) as first:
        client.get(f"/webinars/desk/?view={view}")
    for number in range(3):
        make_draft(f"more-{number}", starts_local=f"2026-12-0{number + 6}T09:00")
    make_session("other", series=make_series("coasts"), starts_local="2026-12-08T10:00")

    with django_assert_num_queries(len(first)):
        assert client.get(f"/webinars/desk/?view={view}").content.decode().count('class="planned') >= 4


@pytest.mark.parametrize(
    ("starts_local", "zone", "day", "becomes"),
    [
        ("2026-12-07T08:00", "America/New_York", "2026-12-10", "2026-12-10T08:00"),
        ("2026-12-07T23:30", "America/New_York", "2026-12-10", "2026-12-09T23:30"),  # stands on the 8th in Kigali
        ("2027-03-10T17:30", "America/New_York", "2027-03-18", "2027-03-18T17:30"),  # 00:30 there, and later 23:30
        ("2026-12-07T08:00", "Asia/Tokyo", "2027-01-31", "2027-01-31T08:00"),
    ],
)
def test_a_session_is_moved_to_a_day_of_the_readers_by_its_own_clocks(
    starts_local: str, zone: str, day: str, becomes: str
) -> None:
    session = make_session(starts_local=starts_local, timezone=zone)

    with timezone.override(ZoneInfo("Africa/Kigali")):
        other = moved(session, day)

        assert other is not None
        assert timezone.localtime(other.starts_at).date().isoformat() == day
    assert (other.starts_local, other.minutes) == (becomes, session.minutes)
    assert Session.objects.get().starts_local == starts_local


@pytest.mark.parametrize("day", ["", "2026-12-07", "2026-12-32", "tomorrow", "1999-12-31"])
def test_no_day_and_the_day_on_which_it_stands_move_nothing(day: str) -> None:
    assert moved(make_session(starts_local=BEFORE), day) is None


def test_a_dropped_session_opens_its_form_with_that_day_and_what_it_clashes_with_and_nothing_is_changed() -> None:
    session = make_session("heat", starts_local=BEFORE)
    make_session("sea", series=session.series, starts_local="2026-12-10T08:30")
    client = organiser()

    page = client.get(f"/webinars/desk/{session.pk}/?day=2026-12-10").content.decode()

    assert 'name="day" value="2026-12-10"' in page
    assert 'name="time" value="08:00"' in page
    assert "Nothing is saved yet." in page
    assert "Sea</a>" in page and "Save all the same" in page
    assert Session.objects.get(pk=session.pk).starts_local == BEFORE


def test_a_day_without_clashes_is_saved_at_once() -> None:
    session = make_session("heat", starts_local=BEFORE)

    answer = organiser().post(f"/webinars/desk/{session.pk}/?day=2026-12-10", typed_of(session, day="2026-12-10"))

    assert answer.status_code == 302
    assert Session.objects.get().starts_local == "2026-12-10T08:00"


def test_a_clash_that_was_not_shown_is_shown_before_anything_is_saved() -> None:
    rosa = make_speaker("Engineer", name="Rosa Quispe")
    session = make_session("heat", starts_local=BEFORE, speakers=[rosa])
    other = make_session("sea", series=make_series("coasts"), starts_local="2026-12-10T08:30", speakers=[rosa])
    client, said = organiser(), typed_of(session, day="2026-12-10", title_en="Cooler nights")
    said["speakers-0-name"] = "Rosa Quispe"

    asked = client.post(f"/webinars/desk/{session.pk}/", said)
    page = asked.content.decode()

    assert asked.status_code == 422
    assert "Sea</a>" in page and 'value="Cooler nights"' in page and f'name="seen" value="{other.pk}"' in page
    assert Session.objects.get(pk=session.pk).starts_local == BEFORE
    assert client.post(f"/webinars/desk/{session.pk}/", said | {"seen": [other.pk]}).status_code == 302
    assert Session.objects.get(pk=session.pk).starts_local == "2026-12-10T08:00"


def test_what_clashed_before_does_not_hinder_another_title() -> None:
    session = make_session("heat", starts_local=BEFORE)
    make_session("sea", series=session.series, starts_local=BEFORE)

    answer = organiser().post(f"/webinars/desk/{session.pk}/", typed_of(session, title_en="Cooler nights"))

    assert answer.status_code == 302


def test_a_speaker_who_speaks_elsewhere_at_that_time_is_shown_before_she_is_saved() -> None:
    session = make_session("heat", starts_local=BEFORE)
    make_session("sea", series=make_series("coasts"), starts_local=BEFORE, speakers=[make_speaker(name="Rosa Quispe")])
    client, said = organiser(), typed_of(session, **{"speakers-0-name": "Rosa Quispe"})

    page = client.post(f"/webinars/desk/{session.pk}/", said).content.decode()

    assert "Nothing is saved yet." in page and "Sea</a>" in page and "From " not in page
    assert not session.speakers.exists()


def test_why_two_sessions_clash_is_said() -> None:
    link = "https://meet.example/sea"
    rosa, room = make_speaker(name="Rosa Ñahui"), make_room(link)
    session = make_session("heat", starts_local=BEFORE)
    make_session("sea", series=make_series("coasts"), starts_local=BEFORE, speakers=[rosa], room=room)
    make_session("walls", series=session.series, starts_local=BEFORE)
    make_session("rain", series=make_series("waters"), starts_local=BEFORE)
    said = typed_of(session, room_link=link, **{"speakers-0-name": "rosa nahui"})

    page = organiser().post(f"/webinars/desk/{session.pk}/", said).content.decode()

    [sea] = [line for line in page.splitlines() if "Sea</a>" in line]
    sea, walls = sea.split("<li>")[1:]
    assert "Same room" in sea and "<bdi>Rosa Ñahui</bdi> speaks in both" in sea and "Same series" not in sea
    assert "Same series" in walls and "Same room" not in walls
    assert "Rain</a>" not in page


def test_what_a_new_session_clashes_with_is_shown_before_it_is_planned() -> None:
    other = make_session("heat", starts_local=BEFORE)
    client, said = organiser(), typed_of(other, series="frontline", title_en="Sea walls")

    asked = client.post("/webinars/desk/new/", said)

    assert asked.status_code == 422
    assert "Heat</a>" in asked.content.decode() and 'value="Sea walls"' in asked.content.decode()
    assert Session.objects.count() == 1
    assert client.post("/webinars/desk/new/", said | {"seen": [other.pk]}).status_code == 302
    assert Session.objects.count() == 2


@pytest.mark.parametrize("view", ["month&from=2026-12", "week&from=2026-12-07"])
def test_how_many_ask_to_come_stands_beside_a_session_and_leads_to_them(view: str) -> None:
    series = make_series()
    asked = make_session("asked", series=series, starts_local="2026-12-07T08:00", asks_approval=True)
    make_session("quiet", series=series, starts_local="2026-12-08T08:00")
    with time_machine.travel(NOW):
        open_ = open_registration(asked.pk)
        for name in ("rosa", "sol"):
            make_registration(open_, f"{name}@puno.example")

    days = days_of(organiser().get(f"/webinars/desk/?view={view}").content.decode())

    assert "2 ask to come" in days["2026-12-07"]
    assert f'href="/webinars/desk/{asked.pk}/registrations/#requests"' in days["2026-12-07"]
    assert "to come" not in days["2026-12-08"]
