"""Secret calendar files: a member's sessions, and a guest's one."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from community.following.actions import follow
from community.following.choices import Level
from forums.actions.exchanges import leave_exchange, set_meeting
from tests.factories.exchanges import make_citizen, make_matched
from tests.factories.members import make_member
from tests.factories.webinars import make_open_session, make_registration, make_series
from webinars.actions import (
    cancel_registration,
    cancel_session,
    end_feed,
    make_feed,
    move_session,
    register,
    renew_link,
)
from webinars.attendees import own_calendar
from webinars.models import PersonalFeed, Registration, Session, Speaker

pytestmark = pytest.mark.django_db


def read(address: str, **headers: str) -> Any:
    return Client().get(address, headers=headers)


def titles(address: str) -> list[str]:
    calendar = Calendar.from_ical(read(address).content)
    return [f"{event['SUMMARY']} {event['TRANSP']} {event['STATUS']}" for event in calendar.walk("VEVENT")]


def feed_of(member: Any) -> str:
    return f"/calendar/me/{make_feed(by=member)}.ics"


def file_of(registration: Registration) -> str:
    return own_calendar(registration, language="en").removeprefix("http://localhost:8000")


def enter(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_a_members_feed_holds_where_she_speaks_and_the_series_that_she_follows() -> None:
    ana = make_member("Ana")
    speaking, of_series, elsewhere = make_open_session("heat"), make_open_session("waste"), make_open_session("floods")
    Speaker.objects.create(session=speaking, name="Ana", position=1, link_email="ANA@cities.example")
    Session.objects.filter(pk=of_series.pk).update(series=make_series("latin"))
    feed = feed_of(ana)
    etag = read(feed).headers["ETag"]
    assert titles(feed) == [f"{speaking.title_en} OPAQUE CONFIRMED"]

    follow(ana, kind="series", target_id=Session.objects.get(pk=of_series.pk).series_id, level=Level.TRACKING)

    assert read(feed, If_None_Match=etag).status_code == 200
    assert titles(feed) == [f"{speaking.title_en} OPAQUE CONFIRMED", f"{of_series.title_en} TRANSPARENT CONFIRMED"]
    register(of_series.pk, by=ana)
    assert sorted(titles(feed)) == sorted([f"{each.title_en} OPAQUE CONFIRMED" for each in (speaking, of_series)])
    assert elsewhere.title_en not in str(titles(feed))


def test_a_members_feed_holds_the_meetings_of_her_city_until_it_has_left_the_exchange() -> None:
    ana, bo, eve = make_citizen("Ana"), make_citizen("Bo", city="accra"), make_citizen("Eve", city="kigali")
    exchange = make_matched(ana, bo, title="Ravines")
    feeds = [feed_of(each) for each in (ana, bo, eve)]
    at = timezone.now().replace(microsecond=0) + timedelta(days=3)
    set_meeting(exchange, by=ana, at=at, zone="Africa/Accra", link="https://meet.example/ravines")

    hers, his, anothers = (Calendar.from_ical(read(feed).content).walk("VEVENT") for feed in feeds)
    assert [(each["SUMMARY"], each.start, str(each["LOCATION"])) for each in hers] == [
        ("Ravines", at, "https://meet.example/ravines")
    ]
    assert [each["UID"] for each in his] == [each["UID"] for each in hers]
    assert anothers == []

    etag, later = read(feeds[0]).headers["ETag"], at + timedelta(hours=1)
    assert read(feeds[0], If_None_Match=etag).status_code == 304
    set_meeting(exchange, by=bo, at=later, zone="Africa/Accra", link="")
    [moved] = Calendar.from_ical(read(feeds[0], If_None_Match=etag).content).walk("VEVENT")
    assert (moved["UID"], moved.start, moved["SEQUENCE"] > hers[0]["SEQUENCE"]) == (hers[0]["UID"], later, True)

    leave_exchange(exchange, by=bo)
    assert titles(feeds[1]) == []


def test_a_members_feed_holds_what_she_is_registered_for_and_nothing_else() -> None:
    ana = make_member("Ana")
    heat, waste, full = make_open_session("heat"), make_open_session("waste"), make_open_session("full", capacity=1)
    make_open_session("floods")
    feed = feed_of(ana)
    hers = [register(session.pk, by=ana) for session in (heat, waste)]
    make_registration(full)
    register(full.pk, by=ana)
    register(make_open_session("theirs").pk, by=make_member("Cai"))

    cancel_registration(hers[1].pk)
    assert titles(feed) == ["Heat OPAQUE CONFIRMED"]
    cancel_session(heat.pk)

    assert titles(feed) == ["Cancelled: Heat OPAQUE CANCELLED"]


def test_its_token_is_long_shown_once_and_kept_as_a_hash() -> None:
    ana = make_member("Ana")
    client = enter(ana)

    made = client.post("/account/sessions/feed/").content.decode()
    later = client.get("/account/sessions/").content.decode()

    [token] = set(re.findall(r"/calendar/me/([\w-]+)\.ics", made))
    assert len(token) >= 43  # 256 bits in base64
    assert token not in later and "Not read yet" in later
    assert token not in str(PersonalFeed.objects.values().get())
    assert read(f"/calendar/me/{token}.ics").status_code == 200


def test_a_link_that_was_replaced_or_ended_is_dead_at_once() -> None:
    ana = make_member("Ana")
    first = feed_of(ana)
    assert read(first).status_code == 200

    second = feed_of(ana)
    assert (read(first).status_code, read(second).status_code) == (404, 200)
    end_feed(by=ana)

    assert read(second).status_code == 404
    assert read("/calendar/me/forged.ics").status_code == 404


def test_a_suspended_members_feed_is_dead_at_once() -> None:
    cai = make_member("Cai")
    feed = feed_of(cai)
    etag = read(feed).headers["ETag"]
    cai.is_active = False
    cai.save()

    assert read(feed, **{"If-None-Match": etag}).status_code == 404


def test_who_has_it_already_is_told_so_until_something_of_hers_changes() -> None:
    ana, session = make_member("Ana"), make_open_session()
    feed = feed_of(ana)
    registration = register(session.pk, by=ana)
    answer = read(feed)

    def asked_again() -> int:
        return read(feed, **{"If-None-Match": answer.headers["ETag"]}).status_code

    assert asked_again() == 304
    register(session.pk, by=make_member("Cai"))
    assert asked_again() == 304
    cancel_registration(registration.pk)
    assert asked_again() == 200
    answer = read(feed)
    move_session(session.pk, starts_local="2027-01-01T10:00")
    assert asked_again() == 200
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_who_asks_again_costs_no_look_at_a_session() -> None:
    ana = make_member("Ana")
    register(make_open_session().pk, by=ana)
    feed = feed_of(ana)
    etag = read(feed).headers["ETag"]

    with CaptureQueriesContext(connection) as asked:
        read(feed, **{"If-None-Match": etag})

    assert len(asked) == 4  # the feed, heads, what she follows, her addresses
    assert not any("webinars_session" in query["sql"] for query in asked.captured_queries)


def test_when_it_was_last_read_is_noted_to_an_hour() -> None:
    ana = make_member("Ana")
    feed, now = feed_of(ana), timezone.now()

    used = []
    for minutes in (0, 30, 61):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            read(feed)
        used.append(PersonalFeed.objects.get().last_used_at)

    assert used == [now, now, now + timedelta(minutes=61)]
    assert "Last read:" in enter(ana).get("/account/sessions/").content.decode()


def test_a_feed_speaks_the_language_of_its_address() -> None:
    ana = make_member("Ana")
    register(make_open_session(titles={"en": "Heat", "pt": "Calor"}).pk, by=ana)

    assert titles(f"/pt{feed_of(ana)}") == ["Calor OPAQUE CONFIRMED"]


def test_more_sessions_cost_no_more_queries() -> None:
    ana = make_member("Ana")
    feed, client = feed_of(ana), enter(ana)
    costs = []

    for slugs in (("one",), ("two", "three")):
        for slug in slugs:
            full = make_open_session(slug, capacity=1)
            register(full.pk, by=ana)
            waits = make_open_session(f"{slug}-waits", capacity=1)
            make_registration(waits)
            register(waits.pk, by=ana)
        for warm_up in (read(feed), client.get("/account/sessions/")):
            assert warm_up.status_code == 200
        with CaptureQueriesContext(connection) as of_feed:
            read(feed)
        with CaptureQueriesContext(connection) as of_list:
            assert "place 1 of the waiting list" in client.get("/account/sessions/").content.decode()
        costs.append((len(of_feed), len(of_list)))

    assert costs[0] == costs[1]


def test_a_guest_has_a_calendar_file_of_her_own_which_takes_the_session_out_again() -> None:
    registration = make_registration(make_open_session())
    file = file_of(registration)
    answer = read(file)
    assert titles(file) == ["Heat OPAQUE CONFIRMED"]
    assert read(file, **{"If-None-Match": answer.headers["ETag"]}).status_code == 304

    cancel_registration(registration.pk)
    assert titles(file) == []
    renew_link(registration.pk)

    assert read(file).status_code == 404


def test_the_calendar_file_opens_nothing_else() -> None:
    file = file_of(make_registration(make_open_session()))
    key = file.removeprefix("/calendar/registration/").removesuffix(".ics")

    assert Client().get(f"/webinars/registration/{key}/").status_code == 404
    assert Client().post(f"/webinars/registration/{key}/cancel/").status_code == 404
