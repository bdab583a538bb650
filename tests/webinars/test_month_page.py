"""The schedule by months, as anybody reads it: by her own clocks, or by those that the address names."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.handlers.base import BaseHandler
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from community.live.keep import KEPT, Note
from tests.factories.members import make_member, make_organiser
from tests.factories.webinars import make_draft, make_series, make_session
from webinars.actions import cancel_session
from webinars.choices import Visibility
from webinars.planning_series import free_series_slug

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 10, 22, 30, tzinfo=UTC)
DAY = re.compile(r'<td[^>]* data-day="([0-9-]+)".*?</td>', re.DOTALL)
DECEMBER = "/webinars/month/?from=2026-12"


def days_of(html: str) -> dict[str, str]:
    """What stands on each day."""
    return {found[1]: found[0] for found in DAY.finditer(html)}


def read(client: Client, address: str = DECEMBER) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def signed_in(name: str = "Ana", **fields: str) -> Client:
    client = Client()
    client.force_login(make_member(name, **fields))
    return client


def test_a_guests_sessions_stand_on_the_days_of_the_clocks_that_the_address_names(client: Client) -> None:
    make_session("evening", starts_local="2026-12-07T20:30")

    utc, jakarta = read(client), read(client, f"{DECEMBER}&zone=Asia/Jakarta")

    assert "Times in UTC" in utc and 'href="/webinars/frontline/evening/"' in days_of(utc)["2026-12-07"]
    assert "Times in Jakarta, GMT+7" in jakarta and ">03:30</time>" in days_of(jakarta)["2026-12-08"]
    assert "Evening" not in days_of(jakarta)["2026-12-07"]
    assert 'data-guess-zone="always"' in utc, "the browser's zone is offered where none is named"
    assert "data-guess-zone" not in jakarta
    assert '"?from=2027-01&amp;zone=Asia%2FJakarta"' in jakarta, "the next month keeps the clocks"


def test_a_members_days_are_those_of_her_own_zone() -> None:
    make_session("late", starts_local="2026-12-07T23:30", timezone="America/New_York")

    html = read(signed_in(timezone="Africa/Kigali"))

    assert "Times in Kigali, GMT+2" in html and ">06:30</time>" in days_of(html)["2026-12-08"]
    assert 'name="zone"' not in html and "data-zone-name" not in html


@pytest.mark.parametrize("wrong", ["from=2026-13", "from=x", "zone=Mars/Base", "series=none", "from=1999-12"])
@time_machine.travel(NOW, tick=False)
def test_what_an_address_says_that_is_not_there_is_passed_over(client: Client, wrong: str) -> None:
    html = read(client, f"/webinars/month/?{wrong}")

    assert ">December 2026</h1>" in html and "Times in UTC" in html


def test_everybody_sees_what_is_hers_to_see_and_nothing_else(client: Client) -> None:
    make_session("open", starts_local="2026-12-01T08:00")
    make_session("inner", starts_local="2026-12-02T08:00", visibility=Visibility.MEMBERS)
    make_draft("begun", starts_local="2026-12-03T08:00")
    bo = Client()
    bo.force_login(make_organiser())

    shown = [
        [title for title in ("Open", "Inner", "Begun") if f">{title}</span>" in read(each)]
        for each in (client, signed_in(), bo)
    ]

    assert shown == [["Open"], ["Open", "Inner"], ["Open", "Inner", "Begun"]]


def test_what_is_cancelled_stays_on_its_day_and_says_so(client: Client) -> None:
    cancel_session(make_session("off", starts_local="2026-12-03T08:00").pk, reason="")

    assert ">Cancelled</span>" in days_of(read(client))["2026-12-03"]


def test_the_choice_of_a_series_stays_from_the_list_to_the_month_and_on_to_the_next(client: Client) -> None:
    make_session("heat", starts_local="2026-12-07T08:00")
    make_session("sea", series=make_series("coasts"), starts_local="2026-12-08T08:00")

    html = read(client, f"{DECEMBER}&series=coasts")

    assert "Sea" in html and "Heat" not in html
    assert '"?from=2027-01&amp;series=coasts"' in html and '"?from=2026-11&amp;series=coasts"' in html
    assert 'href="/webinars/?series=coasts"' in html
    assert 'href="/webinars/month/?series=coasts"' in read(client, "/webinars/?series=coasts")


def test_an_empty_month_says_so_and_the_first_one_leads_nowhere_before(client: Client) -> None:
    html = read(client, "/webinars/month/?from=2000-01")

    assert "Nothing is planned in this month." in html
    assert 'rel="prev"' not in html and 'rel="next"' in html


def test_in_arabic_the_week_begins_on_its_own_day_and_a_title_says_its_language(client: Client) -> None:
    make_session("heat", starts_local="2026-12-07T08:00")

    html = read(client, "/ar/webinars/month/?from=2026-12&zone=Africa/Cairo")

    assert '<html lang="ar" dir="rtl"' in html
    assert next(iter(days_of(html))) == "2026-11-28", "a Saturday"
    assert 'lang="en"' in days_of(html)["2026-12-07"]


@time_machine.travel(NOW, tick=False)
def test_a_kept_month_ends_with_the_schedule_and_where_the_present_day_ends() -> None:
    def note_of(address: str) -> Note:
        handler = BaseHandler()
        handler.load_middleware()
        note, request = Note(), RequestFactory(headers={"host": "localhost"}).get(address)
        request.scope = {KEPT: note}  # type: ignore[attr-defined]
        assert handler.get_response(request).status_code == 200
        return note

    utc, kigali = note_of("/webinars/month/"), note_of("/webinars/month/?zone=Africa/Kigali")

    assert set(utc.heads) == {"site", "access", "schedule"}
    assert utc.until == datetime(2026, 12, 11, tzinfo=UTC)
    assert kigali.until == datetime(2026, 12, 11, 22, tzinfo=UTC), "it is the 11th there already"
    make_session("soon", starts_at=NOW + timedelta(minutes=20))
    assert note_of("/webinars/month/").until == NOW.replace(minute=50)


def test_a_month_costs_the_same_queries_with_one_session_and_with_many(
    django_assert_max_num_queries: DjangoAssertNumQueries, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in()
    make_session("one", starts_local="2026-12-07T08:00")
    client.get(DECEMBER)
    with django_assert_max_num_queries(12) as first:
        client.get(DECEMBER)
    for number in range(3):
        make_session(f"more-{number}", starts_local=f"2026-12-1{number}T09:00")
    make_session("other", series=make_series("coasts"), starts_local="2026-12-08T10:00")

    with django_assert_num_queries(len(first)):
        assert read(client).count('class="planned') == 5


def test_no_series_takes_the_address_of_the_month() -> None:
    assert free_series_slug("Month") == "month-2"
