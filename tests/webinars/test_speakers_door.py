"""A speaker gets into the room by her own link, before those who attend."""

import re

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from community.mail.models import Mail
from tests.factories.members import make_organiser
from tests.factories.webinars import make_room, make_session, make_speaker
from webinars.actions import cancel_session, end_speaker_link, send_speaker_link, show_session
from webinars.choices import Visibility
from webinars.keys import speaker_door_key
from webinars.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_tried_anything() -> None:
    cache.clear()


def spoken_session() -> tuple[Session, str]:
    """And the address behind its speaker's link."""
    session = make_session(speakers=[make_speaker("Gardener", name="Sol")], room=make_room(access="Passcode 4711"))
    token = send_speaker_link(session.speakers.get(), email="sol@puno.example", language="en", by=make_organiser())
    return session, f"/webinars/speaker/{token}/"


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_she_goes_in_at_any_time_until_it_is_over(client: Client) -> None:
    session, address = spoken_session()

    page = read(client, address)
    assert 'href="https://meet.example/heat" rel="noopener nofollow noreferrer"' in page and "Passcode 4711" in page
    with time_machine.travel(session.ends_at):
        assert "meet.example" not in read(client, address)


def test_where_the_session_is_cancelled_there_is_no_door(client: Client) -> None:
    session, address = spoken_session()

    cancel_session(session.pk)

    assert "meet.example" not in read(client, address)


def test_her_calendar_file_leads_into_the_room_and_nowhere_else_until_her_link_ends(client: Client) -> None:
    session, address = spoken_session()
    file = re.search(r'href="(/calendar[^"]+[.]ics)"', read(client, address))
    assert file and file[1] in Mail.objects.get().text

    answer = client.get(file[1])

    event = Calendar.from_ical(answer.content).events[0]
    assert (event["UID"], event["DTSTART"].dt) == (str(session.uid), session.starts_at)
    assert event["LOCATION"] == event["URL"] and "/join/" not in answer.content.decode().replace("\r\n ", "")
    door = event["URL"]
    page = read(client, door)
    assert "https://meet.example/heat" in page and "Passcode 4711" in page
    assert address not in page and "<textarea" not in page and client.post(door).status_code == 405
    assert client.get(door.replace("/speaker/door/", "/speaker/")).status_code == 404
    show_session(session.pk, to=Visibility.DRAFT)
    assert client.get(file[1]).status_code == 200
    end_speaker_link(session.speakers.get())
    assert client.get(file[1]).status_code == client.get(door).status_code == 404


def test_her_door_says_why_it_is_closed(client: Client) -> None:
    session, _ = spoken_session()
    speaker = session.speakers.get()
    door = f"/webinars/speaker/door/{speaker_door_key(speaker.pk, speaker.link_hash)}/"

    with time_machine.travel(session.ends_at):
        over = read(client, door)
    cancel_session(session.pk)
    cancelled = read(client, door)

    assert "This session is over." in over and "This session does not take place." in cancelled
    assert "meet.example" not in over + cancelled
