"""One session's page."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.members import make_city, make_member, make_organiser
from tests.factories.webinars import make_open_session, make_series, make_session, make_speaker
from webinars.actions import cancel_session, register
from webinars.queries import next_session

pytestmark = pytest.mark.django_db
ADDRESS = "/webinars/frontline/heat/"
OWN = "/account/sessions/"


def read(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_session_is_shown_in_the_readers_language(client: Client) -> None:
    make_session(titles={"en": "Heat at night", "pt": "Calor à noite"}, abstracts={"en": "Who opens the doors."})

    page = read(client, f"/pt{ADDRESS}")

    assert "<h1>Calor à noite</h1>" in page
    assert '<span lang="en" dir="ltr">Who opens the doors.</span>' in page


def test_a_title_in_another_language_is_marked_with_it(client: Client) -> None:
    make_session(titles={"es": "Calor de noche"}, original_language="es")

    page = read(client)

    assert '<span lang="es" dir="ltr">Calor de noche</span>' in page
    assert '<span class="chip" lang="es">Español</span>' in page


def test_a_member_reads_the_time_of_her_city_and_four_others(client: Client) -> None:
    quito = make_city("quito")
    for slug, zone in [("kigali", "Africa/Kigali"), ("surat", "Asia/Kolkata"), ("sydney", "Australia/Sydney")]:
        make_city(slug, region=slug, timezone=zone)
    make_city("medellin", timezone="America/Bogota")  # shows the same time as Quito
    make_city("montreal", region="north", timezone="America/Toronto")
    make_session(starts_local="2026-07-02T13:00")
    client.force_login(make_member("Ana", city=quito, timezone=quito.timezone))

    page = read(client)

    assert "Quito (your city)" in page
    assert "2 Jul 2026, 08:00 GMT−5" in page
    for city, time in [("Kigali", "15:00"), ("Surat", "18:30"), ("Sydney", "23:00"), ("Montreal", "09:00")]:
        assert f"<dt>{city}</dt><dd>Thu {time}</dd>" in page
    assert "<dt>Medellin</dt>" not in page


def test_a_guest_reads_universal_time_by_its_name(client: Client) -> None:
    make_session(starts_local="2020-07-09T20:30", timezone="America/New_York")

    page = read(client)

    assert '<time datetime="2020-07-10T00:30:00Z" data-when="meeting">Fri 10 Jul 2020, 00:30 UTC</time>' in page


def test_an_hour_that_was_not_announced_is_said_to_be_assumed(client: Client) -> None:
    make_session(starts_local="2026-12-03T13:00", is_time_assumed=True)

    assert "the usual one of the series is assumed, 13:00 (UTC)." in read(client)


def test_an_invented_session_says_so(client: Client) -> None:
    make_session(is_invented=True)

    assert "planned for this demonstration" in read(client)


def test_a_session_that_is_over_says_so_and_whether_it_was_recorded(client: Client) -> None:
    make_session(starts_at=timezone.now() - timedelta(days=2), is_recorded=True)

    page = read(client)

    assert '<span class="chip">Past</span>' in page
    assert '<span class="chip settled">Recorded</span>' in page


def test_speakers_are_named_by_role_and_place_in_their_order(client: Client) -> None:
    salvador = make_city("salvador")
    make_session(
        speakers=(
            make_speaker("Deputy Chief Resilience Officer", place="Salvador", city_id=salvador.pk),
            make_speaker("health equity lead", place="Honolulu"),
        )
    )

    page = read(client)

    assert '<a href="/cities/salvador/">Salvador</a>' in page
    assert "<bdi>Honolulu</bdi>" in page
    assert page.index("Deputy Chief Resilience Officer") < page.index("health equity lead")


def test_what_kind_of_session_it_is_is_said_where_somebody_said_so(client: Client) -> None:
    make_session("heat", kind="clinic")
    make_session("waste")

    page, schedule = read(client), read(client, "/webinars/")

    assert page.count('<span class="chip">Peer clinic</span>') == 1
    assert schedule.count('<span class="chip">Peer clinic</span>') == 1
    assert "Peer clinic" not in read(client, "/webinars/frontline/waste/")


def test_who_hosts_it_too_is_named_as_text(client: Client) -> None:
    make_session(co_hosts="ICLEI Africa <b>and</b> the World Bank")
    make_session("waste")

    page = read(client)

    assert "<p>Together with <bdi>ICLEI Africa &lt;b&gt;and&lt;/b&gt; the World Bank</bdi></p>" in page
    assert "Together with" not in read(client, "/webinars/frontline/waste/")


def test_other_sessions_to_come_in_the_series_are_linked(client: Client) -> None:
    make_session("heat")
    make_session("waste")
    make_session("elsewhere", series=make_series("theirs"))

    page = read(client)

    assert 'href="/webinars/frontline/waste/"' in page
    assert "/webinars/theirs/elsewhere/" not in page


@pytest.mark.parametrize("address", ["/webinars/frontline/none/", "/webinars/theirs/heat/"])
def test_a_session_that_is_not_there_is_not_found(client: Client, address: str) -> None:
    make_session("heat")
    make_series("theirs")

    assert client.get(address).status_code == 404


def test_more_speakers_and_sessions_cost_no_more_queries(client: Client) -> None:
    quito = make_city("quito")
    make_session("heat", speakers=(make_speaker(city_id=quito.pk),))
    make_session("waste", speakers=tuple(make_speaker(city_id=make_city(f"city-{n}").pk) for n in range(3)))
    make_session("floods")
    client.force_login(make_member("Ana", city=quito))
    read(client)

    with CaptureQueriesContext(connection) as of_one:
        read(client)
    with CaptureQueriesContext(connection) as of_three:
        read(client, "/webinars/frontline/waste/")

    assert len(of_three) == len(of_one) <= 12


def test_a_session_is_a_step_from_ones_own_calendar(client: Client) -> None:
    session = make_session(starts_local="2026-12-10T13:00")

    page = read(client)

    assert f'href="http://localhost:8000/calendar/session/{session.pk}.ics"' in page
    assert "dates=20261210T130000Z%2F20261210T140000Z" in page


def test_a_cancelled_session_says_so_and_why_and_is_next_no_more(client: Client) -> None:
    session = make_session()
    cancel_session(session.pk, reason="The speaker is ill.")

    page = read(client)

    assert "This session does not take place." in page
    assert "The speaker is ill." in page
    assert "Add to your calendar" not in page
    assert next_session(AnonymousUser()) is None


def test_next_in_the_series_are_those_after_the_session(client: Client) -> None:
    now = timezone.now()
    for days, slug in [(2, "before"), (9, "heat"), (16, "after")]:
        make_session(slug, starts_at=now + timedelta(days=days))

    rail = read(client).partition("Next in this series")[2]

    assert "/webinars/frontline/after/" in rail
    assert "/webinars/frontline/before/" not in rail


def test_beside_a_past_session_stands_what_comes_up_from_today(client: Client) -> None:
    now = timezone.now()
    for days, slug in [(-16, "heat"), (-9, "after"), (9, "later")]:
        make_session(slug, starts_at=now + timedelta(days=days))

    page = read(client)

    rail = page.partition("Coming up in this series")[2]
    assert "/webinars/frontline/later/" in rail
    assert "/webinars/frontline/after/" not in rail
    assert "Next in this series" not in page


def test_organisers_find_the_way_to_the_desk_and_nobody_else_does(client: Client) -> None:
    session = make_session()
    desk = f'href="/webinars/desk/{session.pk}/"'

    assert desk not in read(client)
    client.force_login(make_member("Ana"))
    assert desk not in read(client)
    client.force_login(make_organiser())
    assert desk in read(client)


def test_a_session_that_is_over_is_not_offered_for_calendars(client: Client) -> None:
    session = make_session()

    assert "Add to your calendar" in read(client)
    with time_machine.travel(session.ends_at):
        assert "Add to your calendar" not in read(client)


def test_a_cancelled_session_among_ones_own_says_that_alone(client: Client) -> None:
    session, ana = make_open_session(), make_member("Ana")
    register(session.pk, by=ana)
    client.force_login(ana)

    assert "You are registered." in read(client, OWN)
    cancel_session(session.pk)
    page = read(client, OWN)

    assert "Cancelled" in page and "You are registered." not in page


def test_tags_lead_to_what_else_is_about_them_and_to_a_feed_of_each(client: Client) -> None:
    make_session(themes=("Heat at night", "الحر"))

    page = read(client)

    assert '<a class="chip" href="/search/?q=Heat%20at%20night">Heat at night</a>' in page
    assert 'href="/calendar/tag/heat-at-night.ics"' in page and "/calendar/tag/-.ics" not in page
    assert client.get("/calendar/tag/heat-at-night.ics").status_code == 200
