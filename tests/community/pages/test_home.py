"""The home page answers in one look: what is on next, what is asked, what is new for me."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.programmes.models import Programme
from forums.actions import mark_all_read
from tests.factories.forums import make_forum, make_members_forum, make_post, make_question_forum, make_thread
from tests.factories.members import make_city, make_member
from tests.factories.webinars import make_session

pytestmark = pytest.mark.django_db


def read(client: Client, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def part(page: str, heading: str) -> str:
    """The section that the heading of this id names."""
    return page.partition(f'aria-labelledby="{heading}"')[2].partition("</section>")[0]


def test_the_next_session_stands_first_with_four_clocks(client: Client) -> None:
    quito = make_city("quito")
    for slug, zone in [("kigali", "Africa/Kigali"), ("surat", "Asia/Kolkata"), ("sydney", "Australia/Sydney")]:
        make_city(slug, region=slug, timezone=zone)
    make_city("auckland", region="later", timezone="Pacific/Auckland")
    make_session("was", starts_at=timezone.now() - timedelta(days=3))
    make_session("later", starts_at=timezone.now() + timedelta(days=3))
    make_session("sooner", starts_at=timezone.now() + timedelta(days=1))
    client.force_login(make_member("Ana", city=quito, timezone=quito.timezone))

    block = part(read(client), "next")

    assert '<h1 id="next">Sooner</h1>' in block
    assert "Quito (your city)" in block
    assert block.count("<dt>") == 4
    assert "GMT−5" in block


def test_a_session_that_has_begun_is_on_now(client: Client) -> None:
    make_session(starts_at=timezone.now() - timedelta(minutes=5))

    assert "Live now" in part(read(client), "next")


def test_without_sessions_and_threads_the_page_still_says_what_it_is(client: Client) -> None:
    page = read(client)

    assert page.count("<h1") == 1
    assert "There are no threads yet." in page


def test_questions_without_an_answer_are_listed(client: Client) -> None:
    ask, talk = make_question_forum("ask"), make_forum("talk")
    make_thread(ask, title="Who lends pumps?")
    make_post(make_thread(ask, title="Who cleans drains?"), body="We do.")
    make_thread(talk, title="Our drains")

    asked = part(read(client), "asked")

    assert "Who lends pumps?" in asked
    assert "Who cleans drains?" not in asked
    assert "Our drains" not in asked


def test_a_question_that_waits_is_not_listed_as_new_as_well(client: Client) -> None:
    make_thread(make_question_forum("ask"), title="Who lends pumps?")

    page = read(client)

    assert "Who lends pumps?" in part(page, "asked")
    assert "Who lends pumps?" not in part(page, "new")


def test_a_guest_reads_the_latest_threads_that_guests_may_see(client: Client) -> None:
    make_thread(make_forum("open"), title="Open drains")
    make_thread(make_members_forum("closed"), title="Secret drains")

    page = read(client)

    assert "Open drains" in part(page, "new")
    assert "Latest threads" in page
    assert "Secret drains" not in page


def test_a_member_reads_what_is_new_for_her(client: Client) -> None:
    ana, cai = make_member("Ana"), make_member("Cai")
    forum = make_forum()
    make_thread(forum, cai, title="Read drains")
    mark_all_read(ana)
    make_thread(forum, cai, title="New drains")
    client.force_login(ana)

    new = part(read(client), "new")

    assert "New for you" in new
    assert "New drains" in new
    assert "Read drains" not in new


def test_a_member_who_has_read_everything_is_told_so(client: Client) -> None:
    ana = make_member("Ana")
    make_thread(make_forum(), make_member("Cai"), title="Drains")
    mark_all_read(ana)
    client.force_login(ana)

    assert "You have read everything." in part(read(client), "new")


def test_threads_in_languages_that_she_reads_come_first(client: Client) -> None:
    ana, cai, forum = make_member("Ana", reads=["es"]), make_member("Cai"), make_forum()
    make_thread(forum, cai, title="Desagües", language="es")
    make_thread(forum, cai, title="Drains", language="en")
    client.force_login(ana)

    new = part(read(client), "new")

    assert new.index("Desagües") < new.index("Drains")


def test_cities_and_programmes_are_a_step_away(client: Client) -> None:
    make_city("quito")
    Programme.objects.create(slug="c2r", title_en="Resilient Recovery")

    page = read(client)

    assert 'href="/cities/quito/"' in page
    assert 'href="/programmes/c2r/"' in page


def test_the_page_speaks_the_language_of_its_address(client: Client) -> None:
    make_session(titles={"en": "Heat at night", "ar": "الحر ليلاً"})

    page = read(client, "/ar/")

    assert '<h1 id="next">الحر ليلاً</h1>' in page
    assert 'href="/ar/webinars/frontline/heat/"' in page


@pytest.mark.parametrize("reader", ["guest", "member"])
def test_a_fuller_home_page_costs_no_more_queries(client: Client, reader: str) -> None:
    ana, cai, forum, ask = make_member("Ana"), make_member("Cai"), make_forum(), make_question_forum()
    if reader == "member":
        client.force_login(ana)

    def more(number: int) -> None:
        make_city(f"city-{number}", region=f"region-{number}")
        make_session(f"session-{number}")
        Programme.objects.create(slug=f"programme-{number}", title_en="Recovery")
        make_thread(ask, cai, tags=["flood"])
        thread = make_thread(forum, make_member("Dee", city=make_city(f"home-{number}")), tags=["drains"])
        make_post(thread, ana)
        make_post(thread, cai)

    more(1)
    read(client)
    with CaptureQueriesContext(connection) as of_one:
        read(client)
    more(2)
    more(3)

    with CaptureQueriesContext(connection) as of_three:
        read(client)

    assert len(of_three) == len(of_one) <= 12
