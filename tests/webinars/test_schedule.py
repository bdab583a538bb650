"""The schedule and a series, as anybody reads them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.programmes.models import Programme
from community.topics.models import Theme
from tests.factories.members import make_member
from tests.factories.webinars import make_series, make_session
from webinars.actions import cancel_session
from webinars.choices import Visibility
from webinars.queries import PAST_ON_A_PAGE, next_change

pytestmark = pytest.mark.django_db
AGO = timedelta(days=-400)


def test_the_schedule_shows_what_comes_before_what_was(client: Client) -> None:
    now = timezone.now()
    make_session("was", starts_at=now + AGO)
    make_session("later", starts_at=now + timedelta(days=9))
    make_session("sooner", starts_at=now + timedelta(days=2))

    page = client.get("/webinars/").content.decode()

    assert page.index(">Sooner<") < page.index(">Later<") < page.index(">Was<")


def test_past_sessions_stand_under_their_years(client: Client) -> None:
    make_session("first", starts_local="2020-05-07T13:00")
    make_session("second", starts_local="2021-05-06T13:00")

    page = client.get("/webinars/").content.decode()

    assert page.index("Past sessions, 2021") < page.index(">Second<")
    assert page.index(">Second<") < page.index("Past sessions, 2020") < page.index(">First<")


def test_the_year_is_that_of_the_readers_calendar(client: Client) -> None:
    make_session("eve", starts_local="2021-01-01T00:30")
    client.force_login(make_member("Ana", timezone="America/Guayaquil"))

    page = client.get("/webinars/").content.decode()

    assert "Past sessions, 2020" in page
    assert "Past sessions, 2021" not in page


def test_a_session_that_has_begun_is_on_now(client: Client) -> None:
    make_session(starts_at=timezone.now() - timedelta(minutes=20))

    page = client.get("/webinars/").content.decode()

    assert "Live now" in page
    assert "Past sessions" not in page


def test_the_schedule_is_narrowed_to_one_series(client: Client) -> None:
    make_session("ours", series=make_series("ours-all"))
    make_session("theirs", series=make_series("theirs-all"))

    page = client.get("/webinars/?series=ours-all").content.decode()

    assert ">Ours<" in page
    assert ">Theirs<" not in page


@pytest.mark.parametrize(
    "query", ["?series=none", "?page=none", "?page=999", "?page=-1", "?page=٣", "?page=" + "9" * 5000]
)
def test_a_strange_address_of_the_schedule_shows_it_anyway(client: Client, query: str) -> None:
    make_session("heat")

    assert "Heat" in client.get(f"/webinars/{query}").content.decode()


def test_the_past_has_pages_and_what_comes_stands_on_the_first(client: Client) -> None:
    now = timezone.now()
    make_session("coming")
    for number in range(PAST_ON_A_PAGE + 1):
        make_session(f"past-{number:02}", starts_at=now - timedelta(days=number + 1))

    second = client.get("/webinars/?page=2").content.decode()

    assert f">Past {PAST_ON_A_PAGE}<" in second
    assert ">Past 00<" not in second
    assert ">Coming<" not in second


def test_an_empty_schedule_says_so(client: Client) -> None:
    assert "Nothing is planned yet." in client.get("/webinars/").content.decode()


def test_a_series_says_who_holds_it_and_shows_its_sessions_alone(client: Client) -> None:
    series = make_series("ours", organisers=("River Union",), supporters=("Stone Fund",), languages=("es", "pt"))
    make_session("heat", series=series)
    make_session("waste", series=make_series("theirs"))

    page = client.get("/webinars/ours/").content.decode()

    assert all(said in page for said in ("River Union", "Stone Fund", "Español", "Português", ">Heat<"))
    assert ">Waste<" not in page


def test_a_series_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/webinars/none/").status_code == 404


@pytest.mark.parametrize("address", ["/webinars/", "/webinars/frontline/"])
def test_a_longer_schedule_costs_no_more_queries(client: Client, address: str) -> None:
    make_session("first")
    make_session("was-first", starts_at=timezone.now() + AGO)
    client.force_login(make_member("Ana"))
    client.get(address)
    with CaptureQueriesContext(connection) as of_one:
        client.get(address)
    for name in ("second", "third"):
        make_session(name)
        make_session(f"was-{name}", starts_at=timezone.now() + AGO)

    with CaptureQueriesContext(connection) as of_three:
        client.get(address)

    assert len(of_three) == len(of_one) <= 12


def test_a_kept_page_is_over_when_the_next_session_begins_or_ends() -> None:
    now = timezone.now()
    assert next_change(AnonymousUser(), now=now) is None
    later = make_session("later", starts_at=now + timedelta(days=2))
    on = make_session("on", starts_at=now - timedelta(minutes=20))

    assert next_change(AnonymousUser(), now=now) == on.ends_at
    assert next_change(AnonymousUser(), now=on.ends_at) == later.starts_at
    assert next_change(AnonymousUser(), now=later.starts_at) == later.ends_at


def test_the_schedule_and_each_series_can_be_subscribed_to(client: Client) -> None:
    make_session()

    schedule, series = (client.get(address).content.decode() for address in ("/es/webinars/", "/webinars/frontline/"))

    assert 'href="webcal://localhost:8000/es/calendar/all.ics"' in schedule
    assert "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Flocalhost" in schedule
    assert 'href="webcal://localhost:8000/calendar/frontline.ics"' in series


def test_feeds_of_languages_and_themes_are_linked_beside_the_schedule(client: Client) -> None:
    theme = Theme.objects.create(slug="shade", title_en="Shade")
    Theme.objects.create(slug="unused", title_en="Unused")
    make_session("heat").priority_themes.add(theme)

    page = client.get("/webinars/").content.decode()

    for feed in ("spoken/en.ics", "theme/shade.ics", "all.json", "all.atom"):
        assert f'href="/calendar/{feed}"' in page
        assert client.get(f"/calendar/{feed}").status_code == 200
    assert "/calendar/theme/unused.ics" not in page


def test_a_theme_that_only_drafts_have_is_not_named_to_anybody(client: Client) -> None:
    theme = Theme.objects.create(slug="shade", title_en="Shade")
    make_session("heat", visibility=Visibility.DRAFT).priority_themes.add(theme)

    assert "/calendar/theme/shade.ics" not in client.get("/webinars/").content.decode()


def test_more_themes_cost_the_schedule_no_more_queries(client: Client) -> None:
    client.force_login(make_member("Ana"))
    session = make_session("heat")
    session.priority_themes.add(Theme.objects.create(slug="shade", title_en="Shade"))
    client.get("/webinars/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/webinars/")
    for number in range(5):
        session.priority_themes.add(Theme.objects.create(slug=f"theme-{number}", title_en=f"Theme {number}"))
    with CaptureQueriesContext(connection) as many:
        client.get("/webinars/")

    assert len(many) == len(few)


def test_a_programmes_page_links_the_feed_of_its_sessions(client: Client) -> None:
    Programme.objects.create(slug="together", title_en="Together")

    assert 'href="/calendar/programme/together.ics"' in client.get("/programmes/together/").content.decode()


def test_it_is_counted_down_to_the_next_session_that_takes_place(client: Client) -> None:
    now = timezone.now()
    make_session("begun", starts_at=now - timedelta(minutes=20))
    cancel_session(make_session("cancelled", starts_at=now + timedelta(days=1)).pk, reason="Storm.")
    coming = make_session("coming", starts_at=now + timedelta(days=2))
    make_session("later", starts_at=now + timedelta(days=9))

    page = client.get("/webinars/").content.decode()

    line = page.partition("Next session:")[2].partition("</p>")[0]
    assert 'href="/webinars/frontline/coming/"' in line
    assert f'data-counts-to="{coming.starts_at.isoformat(timespec="seconds")}"' in line
    assert page.count("data-counts-to") == 1
