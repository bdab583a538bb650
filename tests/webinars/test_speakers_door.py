"""A speaker gets into the room by her own link, before those who attend."""

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.factories.members import make_organiser
from tests.factories.webinars import make_room, make_session, make_speaker
from webinars.actions import cancel_session, send_speaker_link
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
