"""Sessions held on a BigBlueButton: a server here reads each call as that one's documentation says."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.factories.members import make_member, make_organiser
from tests.factories.webinars import make_open_session, make_room, make_series, make_session, make_speaker
from tests.webinars.desk import organiser, typed
from webinars.actions import register, send_speaker_link
from webinars.models import Room, Session

pytestmark = pytest.mark.django_db
SECRET = "8cd8ef52e8e101574e400365b55e11a6"
DOOR = "/webinars/frontline/heat/join/"
TAKEN = "<response><returncode>SUCCESS</returncode><meetingID>x</meetingID></response>"
REFUSED = "<response><returncode>FAILED</returncode><messageKey>{}</messageKey></response>"


@dataclass
class Video:
    """What was asked for, and what is refused: checksums that are not of the call, a meeting begun in two ways."""

    url: str = ""
    created: list[dict[str, str]] = field(default_factory=list)

    def answer(self, address: str) -> str:
        call, query = address.removeprefix("/bigbluebutton/api/").split("?")
        if not is_signed(call, query):
            return REFUSED.format("checksumError")
        told = {name: values[0] for name, values in parse_qs(query).items()}
        ways = {
            (each["attendeePW"], each["moderatorPW"]) for each in self.created if each["meetingID"] == told["meetingID"]
        }
        if ways - {(told["attendeePW"], told["moderatorPW"])}:
            return REFUSED.format("idNotUnique")
        self.created.append(told)
        return TAKEN


def is_signed(call: str, query: str) -> bool:
    """As https://docs.bigbluebutton.org/development/api has it: the call, what is asked, the secret."""
    asked, checksum = query.split("&checksum=")
    return hashlib.sha256((call + asked + SECRET).encode()).hexdigest() == checksum


@pytest.fixture
def video(settings: Any) -> Iterator[Video]:
    cache.clear()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(here.answer(self.path).encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        here = Video(f"http://127.0.0.1:{http.server_address[1]}")
        settings.BIGBLUEBUTTON_URL, settings.BIGBLUEBUTTON_SECRET = f"{here.url}/bigbluebutton/", SECRET
        Thread(target=http.serve_forever, daemon=True).start()
        yield here
        http.shutdown()


def held(**fields: Any) -> Session:
    return make_open_session(**{"room": make_room("", access="Passcode 4711"), **fields})


def enter(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def joined(address: str) -> dict[str, str]:
    """What somebody who goes there says, of an address that the server would take."""
    parts = urlsplit(address)
    assert parts.path == "/bigbluebutton/api/join" and is_signed("join", parts.query)
    return {name: values[0] for name, values in parse_qs(parts.query).items()} | {"checksum": ""}


def frame(page: str) -> str:
    [found] = re.findall(r'<iframe class="room" src="([^"]+)"', page)
    return unescape(found)


def test_who_attends_enters_under_her_name_in_her_language_as_a_viewer(video: Video) -> None:
    session, ana = held(), make_member("Ana Ñandú & Co")
    register(session.pk, by=ana)

    with time_machine.travel(session.starts_at):
        before = enter(ana).get(f"/es{DOOR}").content.decode()
        assert video.created == []
        answer = enter(ana).get(f"/es{DOOR}?in=1")
    page = answer.content.decode()

    assert "<iframe" not in before and 'href="?in=1"' in before and "Passcode 4711" in before
    assert joined(frame(page)) == {
        "fullName": "Ana Ñandú & Co",
        "meetingID": session.room.name,
        "role": "VIEWER",
        "userdata-bbb_override_default_locale": "es",
        "checksum": "",
    }
    assert f"frame-src {video.url}" in answer["Content-Security-Policy"]
    assert f'camera=("{video.url}")' in answer["Permissions-Policy"]
    assert SECRET not in page and video.created[0]["moderatorPW"] not in page


def test_who_has_told_no_name_is_called_a_guest_in_her_language(video: Video, client: Client) -> None:
    session = make_session(room=make_room(""))  # for which nobody registers

    with time_machine.travel(session.starts_at):
        page = client.get(f"/es{DOOR}?in=1").content.decode()

    assert joined(frame(page))["fullName"] == "Invitado"


def test_the_meeting_is_begun_before_anybody_enters_and_once_for_many(video: Video) -> None:
    session, ana, bo = held(), make_member("Ana"), make_member("Bo")
    for member in (ana, bo):
        register(session.pk, by=member)

    with time_machine.travel(session.starts_at):
        for member in (ana, bo, ana):
            frame(enter(member).get(f"{DOOR}?in=1").content.decode())
        [meeting] = video.created
        cache.clear()  # as a minute does: the meeting may have ended, nobody being in it
        frame(enter(ana).get(f"{DOOR}?in=1").content.decode())

    assert meeting["name"] == session.title_en and meeting["meetingID"] == session.room.name
    assert meeting["logoutURL"] == "http://localhost:8000/webinars/frontline/heat/"
    assert (meeting["record"], meeting["autoStartRecording"]) == ("true", "false")
    assert len(video.created) == 2


def test_organisers_and_speakers_lead_there(video: Video, client: Client) -> None:
    session = make_session(speakers=[make_speaker("Gardener", name="Sol")], room=make_room(""))
    token = send_speaker_link(session.speakers.get(), email="sol@puno.example", language="en", by=make_organiser())

    own = client.get(f"/webinars/speaker/{token}/").content.decode()
    gone = client.get(f"/webinars/speaker/{token}/?in=1")
    page = enter(make_organiser("Olga")).get(f"{DOOR}?in=1").content.decode()

    assert 'href="?in=1"' in own
    assert gone.status_code == 302
    assert [(each["fullName"], each["role"]) for each in (joined(gone["Location"]), joined(frame(page)))] == [
        ("Sol", "MODERATOR"),
        ("Olga", "MODERATOR"),
    ]


def test_who_may_not_join_begins_no_meeting(video: Video, client: Client) -> None:
    session, early = held(), make_member("Early")
    register(session.pk, by=early)

    assert "not open yet" in enter(early).get(f"{DOOR}?in=1").content.decode()
    with time_machine.travel(session.starts_at):
        page = client.get(f"{DOOR}?in=1").content.decode()
    assert "for those who are registered" in page and "<iframe" not in page
    assert video.created == []


@pytest.mark.parametrize("trouble", ["refuses", "is away"])
def test_where_the_server_is_away_or_refuses_she_is_told_and_tries_again(
    video: Video, settings: Any, trouble: str
) -> None:
    session, ana = held(), make_member("Ana")
    register(session.pk, by=ana)
    right = settings.BIGBLUEBUTTON_URL, settings.BIGBLUEBUTTON_SECRET
    wrong = {"refuses": (right[0], "another"), "is away": ("http://127.0.0.1:9/", SECRET)}
    settings.BIGBLUEBUTTON_URL, settings.BIGBLUEBUTTON_SECRET = wrong[trouble]

    with time_machine.travel(session.starts_at):
        page = enter(ana).get(f"{DOOR}?in=1").content.decode()
        settings.BIGBLUEBUTTON_URL, settings.BIGBLUEBUTTON_SECRET = right
        again = enter(ana).get(f"{DOOR}?in=1").content.decode()

    assert "The room does not answer just now." in page and "<iframe" not in page
    assert joined(frame(again))["fullName"] == "Ana"


def test_a_speaker_reads_on_her_page_that_the_server_is_away(video: Video, settings: Any, client: Client) -> None:
    session = make_session(speakers=[make_speaker("Gardener", name="Sol")], room=make_room(""))
    token = send_speaker_link(session.speakers.get(), email="sol@puno.example", language="en", by=make_organiser())
    settings.BIGBLUEBUTTON_URL = "http://127.0.0.1:9/"

    page = client.get(f"/webinars/speaker/{token}/?in=1").content.decode()

    assert "The room does not answer just now." in page and 'href="?in=1"' in page


def test_organisers_choose_it_at_the_desk(video: Video) -> None:
    client = organiser()

    assert 'name="room_here"' in client.get(f"/webinars/desk/new/?series={make_series().slug}").content.decode()
    client.post("/webinars/desk/new/", typed(series="frontline", room_here="on"))

    assert Room.objects.get().link == ""
