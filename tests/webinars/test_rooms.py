"""Where a session is held, who may join it reads from a quarter of an hour before it begins; nobody else ever does."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.facts.models import Fact
from community.personal.ports import HOLDINGS
from community.personal.rows import rows_of
from community.privacy.queries import person_of
from tests.factories.deliveries import deliver_all
from tests.factories.members import make_member
from tests.factories.webinars import (
    make_channel,
    make_draft,
    make_open_session,
    make_registration,
    make_room,
    make_series,
    make_session,
)
from tests.webinars.desk import organiser, typed, typed_of
from webinars.actions import cancel_registration, cancel_session, make_feed, register, renew_link
from webinars.attendees import own_calendar, own_door
from webinars.models import Registration, Room, Series, Session
from webinars.views.registering import address_of

pytestmark = pytest.mark.django_db
PAGE = "/webinars/frontline/heat/"
DOOR = f"{PAGE}join/"
LINK = "https://meet.example/heat"
OPENS = timedelta(minutes=15)


def held(**fields: Any) -> Session:
    return make_open_session(**{"room": make_room(access="Passcode 4711"), **fields})


def enter(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def read(client: Client, address: str = DOOR, *, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def local(address: str) -> str:
    return address.removeprefix("http://localhost:8000")


def test_who_is_registered_gets_in_from_a_quarter_of_an_hour_before_it_begins() -> None:
    session, ana = held(), make_member("Ana")
    register(session.pk, by=ana)
    rosa = make_registration(session)
    hers = enter(ana)

    with time_machine.travel(session.starts_at - OPENS - timedelta(seconds=5)):
        early = [read(hers), read(Client(), local(own_door(rosa, language="en")))]
    with time_machine.travel(session.starts_at - OPENS + timedelta(seconds=5)):
        open_now = [read(hers), read(Client(), local(own_door(rosa, language="en")))]

    for page in early:
        assert "The room is not open yet" in page and "data-opens-at=" in page
        assert "meet.example" not in page and "4711" not in page
    for page in open_now:
        assert f'href="{LINK}" rel="noopener nofollow noreferrer"' in page
        assert "Passcode 4711" in page and '<bdi dir="ltr">meet.example</bdi>' in page


def test_a_guest_reads_in_her_own_zone_when_it_opens(client: Client) -> None:
    session = held(starts_at=datetime(2030, 3, 7, 15, tzinfo=UTC))
    rosa = make_registration(session)

    with time_machine.travel(session.starts_at - timedelta(hours=2)):
        assert "9:45 GMT−5" in read(client, local(own_door(rosa, language="en")))


def test_nobody_else_gets_in_and_each_reads_what_to_do() -> None:
    session = held(capacity=1)
    ana, cai, dee, eli = (make_member(name) for name in ("Ana", "Cai", "Dee", "Eli"))
    first = make_registration(session, ana)
    make_registration(session, cai)  # waits
    sol = make_registration(session, "sol@puno.example")  # waits behind
    make_registration(session, eli)
    cancel_registration(Registration.objects.get(member=eli).pk, by=eli)
    with time_machine.travel(session.starts_at):
        pages = [read(Client()), read(enter(cai)), read(enter(dee)), read(enter(eli))]
        pages += [read(Client(), local(own_door(sol, language="en")))]
        cancel_registration(first.pk, by=ana)
        pages += [read(enter(ana))]

    for page in pages:
        assert "This session is for those who are registered." in page
        assert f'href="{PAGE}#registration"' in page
        assert "meet.example" not in page and "4711" not in page
    assert f'href="/account/login/?next={DOOR}"' in pages[0]
    assert "/account/login/?next=" not in pages[1]


def test_whoever_may_see_a_session_joins_it_where_nobody_has_to_register(client: Client) -> None:
    session = make_session(room=make_room())
    make_session("inside", room=make_room("https://meet.example/inside"), visibility="members")

    assert f'href="{DOOR}"' in read(client, PAGE)
    with time_machine.travel(session.starts_at):
        assert LINK in read(client)
        read(client, "/webinars/frontline/inside/join/", status=404)
        assert "https://meet.example/inside" in read(enter(make_member("Ana")), "/webinars/frontline/inside/join/")


def test_a_session_that_takes_no_more_registrations_does_not_open_to_all(client: Client) -> None:
    session = held()
    make_registration(session)
    organiser().post(f"/webinars/desk/{session.pk}/", typed_of(session, room_link=LINK, takes_registrations=""))

    assert not Session.objects.get().takes_registrations
    with time_machine.travel(session.starts_at):
        assert "meet.example" not in read(client) + read(client, PAGE)


def test_a_draft_has_no_door_but_for_organisers_who_get_in_at_any_time(client: Client) -> None:
    make_draft(room=make_room())
    make_session("waste", room=make_room("https://meet.example/waste"))

    read(client, status=404)
    read(enter(make_member("Ana")), status=404)
    assert LINK in read(organiser()) and "Those who attend get in at" in read(organiser())
    assert "https://meet.example/waste" in read(organiser(), "/webinars/frontline/waste/join/")
    assert "https://meet.example/waste" not in read(client, "/webinars/frontline/waste/join/")


@pytest.mark.parametrize("is_cancelled", [True, False])
def test_the_door_is_closed_once_it_is_over_or_cancelled(is_cancelled: bool) -> None:
    session, ana = held(), make_member("Ana")
    register(session.pk, by=ana)
    if is_cancelled:
        cancel_session(session.pk, reason="The speaker is ill.")

    with time_machine.travel(session.starts_at if is_cancelled else session.ends_at):
        for page in (read(enter(ana)), read(organiser())):
            assert "meet.example" not in page
            said = "does not take place." if is_cancelled else "This session is over."
            assert said in page and (not is_cancelled or "The speaker is ill." in page)


def test_a_room_that_is_not_known_yet_is_said_to_be_so() -> None:
    session, ana = held(room=None), make_member("Ana")
    register(session.pk, by=ana)

    with time_machine.travel(session.starts_at):
        assert "The organisers have not said yet where it is held." in read(enter(ana))


def test_a_link_that_was_replaced_or_made_up_leads_nowhere(client: Client) -> None:
    session = held()
    rosa = make_registration(session)
    door = local(own_door(rosa, language="en"))
    renew_link(rosa.pk)

    with time_machine.travel(session.starts_at):
        for address in (door, door[:-3] + "x/", "/webinars/registration/join/7-1:abc/"):
            assert "meet.example" not in read(client, address, status=404)


def test_the_link_to_the_room_changes_no_registration_and_the_calendars_link_does_not_open_it(client: Client) -> None:
    rosa = make_registration(held())
    key = local(own_door(rosa, language="en")).split("/")[-2]

    read(client, f"/webinars/registration/{key}/", status=404)
    assert client.post(f"/webinars/registration/{key}/cancel/").status_code == 404
    calendar = own_calendar(rosa, language="en").split("/")[-1].removesuffix(".ics")
    read(client, f"/webinars/registration/join/{calendar}/", status=404)


def test_a_guest_who_has_an_account_since_joins_with_it(client: Client) -> None:
    session = held()
    rosa = make_registration(session)
    register(session.pk, by=make_member("Rosa", email="rosa@puno.example"))

    answer = client.get(local(own_door(rosa, language="en")))

    assert (answer.status_code, answer["Location"]) == (302, DOOR)


def test_the_page_at_the_door_is_kept_by_nobody_and_names_nobody_as_its_referrer(client: Client) -> None:
    session, ana = held(), make_member("Ana")
    register(session.pk, by=ana)
    rosa = make_registration(session)

    with time_machine.travel(session.starts_at):
        for answer in (enter(ana).get(DOOR), client.get(DOOR), client.get(local(own_door(rosa, language="en")))):
            assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex"


def test_calendars_mails_archives_and_lists_lead_to_the_door_and_never_tell_the_room(client: Client) -> None:
    session, ana = held(languages=("en",)), make_member("Ana")
    register(session.pk, by=ana)
    rosa = make_registration(session)
    every = ["/calendar/all.ics", "/calendar/all.json", "/calendar/all.atom", f"/calendar/session/{session.pk}.ics"]
    every += [local(own_calendar(rosa, language="en")), f"/calendar/me/{make_feed(by=ana)}.ics", "/webinars/", PAGE]
    every += ["/webinars/embed/", local(address_of(rosa))]

    told = {address: client.get(address).content.decode().replace("\r\n ", "") for address in every}
    with time_machine.travel(session.starts_at - timedelta(minutes=59)):
        deliver_all()
    told["mails"] = "".join(str(letter.message()) for letter in outbox.outbox)
    told["archive"] = "".join(str(row) for holding in HOLDINGS.values() for row in rows_of(holding, person_of(ana)))
    told["list"] = read(organiser(), f"/webinars/desk/{session.pk}/registrations.csv")
    told["facts"] = str(list(Fact.objects.values()))
    told["plan"] = repr(make_room(access="Passcode 4711"))

    for where, text in told.items():
        assert "meet.example" not in text and "4711" not in text, where
        if where.endswith(".ics"):
            assert "VALUE=URI:http://localhost:8000/webinars/frontline/heat/join/" in text


def test_an_invitation_and_the_last_reminder_lead_each_to_her_own_door() -> None:
    session, ana = held(), make_member("Ana", email="ana@quito.example")
    register(session.pk, by=ana)
    rosa = make_registration(session)
    with time_machine.travel(session.starts_at - timedelta(minutes=59)):
        deliver_all()

    for address, door in (
        ("ana@quito.example", f"http://localhost:8000{DOOR}"),
        ("rosa@puno.example", own_door(rosa, language="en")),
    ):
        mails = [each for each in outbox.outbox if each.to == [address]]
        [invited] = [each for each in mails if each.subject.startswith("You are registered")]
        calendar = str(invited.message().get_payload()[-1]).split("\n\n", 1)[1]
        told = re.sub(r"\r?\n ", "", invited.message().get_payload()[-1].get_payload(decode=True).decode())
        assert calendar and f"VALUE=URI:{door}" in told and f"LOCATION:{door}" in told
        [reminded] = [each for each in mails if each.subject.startswith("In an hour")]
        assert door in reminded.body and "Join the session" in reminded.body


# --- At the desk ---


def test_an_organiser_says_where_it_is_held_and_changes_it_without_another_date_for_calendars() -> None:
    session, client = make_open_session(speakers=()), organiser()
    desk = f"/webinars/desk/{session.pk}/"

    for told, room in (
        ({"room_link": LINK, "room_access": "Passcode 4711"}, (LINK, "Passcode 4711")),
        ({"room_link": f"{LINK}-2"}, (f"{LINK}-2", "")),
        ({}, None),
    ):
        before = Session.objects.get()
        assert client.post(desk, typed_of(before, **{"speakers-0-role": "", **told})).status_code == 302
        now = Session.objects.get()
        assert Room.objects.values_list("link", "access").first() == room
        assert (now.version, now.sequence) == (before.version + 1, before.sequence)
    facts = Fact.objects.count()
    client.post(desk, typed_of(now, **{"speakers-0-role": ""}))
    assert Fact.objects.count() == facts, "the same again is nothing new"


@pytest.mark.parametrize("link", ["http://meet.example/heat", "javascript:alert(1)", "no link", "https://" + "x" * 600])
def test_a_link_that_is_none_or_not_secure_is_refused_beside_its_field(link: str) -> None:
    answer = organiser().post("/webinars/desk/new/", typed(series=make_series().slug, room_link=link))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["room_link"]
    assert not Session.objects.exists()


def test_a_passcode_without_a_link_is_asked_for_the_link() -> None:
    answer = organiser().post("/webinars/desk/new/", typed(series=make_series().slug, room_access="4711"))

    assert answer.context["form"].errors == {"room_link": ["Give the link that they belong to."]}
    assert 'value="4711"' in answer.content.decode()


def test_who_was_slower_reads_the_room_of_who_was_quicker() -> None:
    session, client = make_open_session(), organiser()
    desk = f"/webinars/desk/{session.pk}/"
    client.post(desk, typed_of(session, room_link=LINK, room_access="Passcode 4711"))

    answer = client.post(desk, typed_of(session, room_link=f"{LINK}-mine"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert f'<bdi dir="ltr">{LINK}</bdi>' in page and "<bdi>Passcode 4711</bdi>" in page
    assert f'value="{LINK}-mine"' in page


def test_new_sessions_begin_with_the_usual_room_of_their_series_and_a_copy_takes_no_others() -> None:
    client, series = organiser(), make_series(usual_room=f"{LINK}-usual")
    session = make_session(series=series, room=make_room())

    for address in ("/webinars/desk/new/?series=frontline", f"/webinars/desk/new/?series=frontline&copy={session.pk}"):
        page = read(client, address)
        assert f'value="{LINK}-usual"' in page and f'value="{LINK}"' not in page
    told = {"series": "frontline", "title": "Thursday", "day": "2030-03-07", "time": "08:00", "timezone": "UTC"}
    told |= {"minutes": "60", "every": "week", "count": "2", "languages": ["en"], "deed": "plan"}
    client.post("/webinars/desk/repeat/", told)
    planned = Session.objects.exclude(pk=session.pk)
    assert [each.room.link for each in planned] == [f"{LINK}-usual"] * 2


def test_a_series_says_its_usual_room_to_organisers_alone(client: Client) -> None:
    series, desk = make_series(), organiser()
    make_session(series=series)
    told = {"title_en": "Frontline", "timezone": "UTC", "minutes": 60, "languages": ["en"], "version": 1, "room": LINK}

    assert desk.post("/webinars/desk/series/frontline/", told).status_code == 302

    assert Series.objects.get().usual_room == LINK
    assert f'value="{LINK}"' in read(desk, "/webinars/desk/series/frontline/")
    assert "meet.example" not in read(client, "/webinars/frontline/") + read(client, "/calendar/frontline.ics")


# --- On the site itself ---


def test_without_a_video_server_nothing_is_held_on_the_site() -> None:
    client = organiser()

    assert 'name="room_here"' not in read(client, f"/webinars/desk/new/?series={make_series().slug}")
    client.post("/webinars/desk/new/", typed(series="frontline", room_here="on"))
    assert not Room.objects.exists()


def test_a_room_on_the_site_stands_in_its_page_with_her_name_and_her_language(settings: Any) -> None:
    settings.JITSI_URL = "https://meet.city.example"
    session, ana = held(room=make_room("")), make_member('Ana "N" Ñandú')
    register(session.pk, by=ana)
    name = session.room.name

    with time_machine.travel(session.starts_at):
        answer = enter(ana).get(f"/es{DOOR}")
        other = enter(ana).get(PAGE)
    page = answer.content.decode()

    [frame] = re.findall(r'<iframe class="room" src="([^"]+)"', page)
    assert frame.startswith(f"https://meet.city.example/{name}#userInfo.displayName=%22Ana%20%5C%22N%5C%22%20")
    assert "config.defaultLanguage=%22es%22" in frame
    assert len(name) == 32
    assert "frame-src https://meet.city.example" in answer["Content-Security-Policy"]
    assert 'camera=("https://meet.city.example")' in answer["Permissions-Policy"]
    assert "frame-src" not in other["Content-Security-Policy"] and "camera=()" in other["Permissions-Policy"]


def test_a_room_on_the_site_keeps_its_name_and_is_not_also_a_link(settings: Any) -> None:
    settings.JITSI_URL = "https://meet.city.example"
    session, client = make_open_session(), organiser()
    desk = f"/webinars/desk/{session.pk}/"

    client.post(desk, typed_of(session, room_here="on"))
    name = Room.objects.get().name
    page = read(client, desk)
    both = client.post(desk, typed_of(Session.objects.get(), room_here="on", room_link=LINK))
    client.post(desk, typed_of(Session.objects.get(), room_link=LINK))

    assert re.search(r'name="room_here"[^>]* checked', page)
    assert both.context["form"].errors == {"room_link": ["Hold it here, or behind a link: not both."]}
    assert Room.objects.values_list("name", "link").get() == (name, LINK)


def test_a_room_on_a_site_that_has_no_video_server_any_more_is_not_known() -> None:
    session = make_session(room=make_room(""))

    with time_machine.travel(session.starts_at):
        page = read(Client())
    assert "<iframe" not in page and "The organisers have not said yet where it is held." in page


def test_more_languages_and_people_cost_no_more_queries() -> None:
    session, ana = held(channels=(make_channel("es"),)), make_member("Ana")
    register(session.pk, by=ana)
    hers = enter(ana)
    costs = []
    for number in range(3):
        make_registration(session, f"{number}@puno.example")
        with time_machine.travel(session.starts_at), CaptureQueriesContext(connection) as asked:
            read(hers)
        costs.append(len(asked))

    assert costs[0] == costs[2] <= 12
