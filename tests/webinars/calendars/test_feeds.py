"""What feeds hold, byte for byte, and what they cost."""

import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from community.programmes.models import Programme
from community.topics.models import Theme
from tests.community.text.corpora import corpus
from tests.factories.members import make_city, make_member, make_theme
from tests.factories.webinars import make_series, make_session, make_speaker
from tests.webinars.calendars.reading import events, read
from webinars.actions import (
    cancel_session,
    make_feed,
    move_session,
    open_registration,
    register,
    restore_session,
    retitle_session,
)
from webinars.calendars import folded, vevent
from webinars.choices import Visibility
from webinars.models import Session

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def unfolded(answer: HttpResponse) -> list[str]:
    return answer.content.decode().replace("\r\n ", "").split("\r\n")


def test_a_calendar_says_what_programs_need_to_know_of_it(client: Client) -> None:
    make_session()

    answer = read(client)

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="all.ics"'
    head = unfolded(answer)[: unfolded(answer).index("BEGIN:VEVENT")]
    for line in (
        "VERSION:2.0", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "NAME:Frontline: all sessions",
        "X-WR-CALNAME:Frontline: all sessions", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H",
        "URL:http://localhost:8000/webinars/", "SOURCE;VALUE=URI:http://localhost:8000/calendar/all.ics",
    ):  # fmt: skip
        assert line in head
    assert len([line for line in head if line.startswith("UID:")]) == 1


@pytest.mark.parametrize(
    ("address", "said"),
    [("/calendar/all.ics", "Frontline: all sessions"), ("/calendar/spoken/es.ics", "Frontline: Español")],
)
def test_a_calendars_description_names_the_site_once(client: Client, address: str, said: str) -> None:
    make_session()

    lines = unfolded(client.get(address))

    assert f"DESCRIPTION:{said}" in lines
    assert f"X-WR-CALDESC:{said}" in lines


def test_a_session_says_all_that_attendees_ask(client: Client) -> None:
    quito = make_city("quito")
    session = make_session(
        titles={"en": "Heat at night"},
        abstracts={"en": "Who opens the doors."},
        starts_local="2026-11-26T08:00",
        timezone="America/New_York",
        themes=("heat",),
        languages=("en", "es"),
        speakers=(make_speaker("Heat lead", city_id=quito.pk),),
        is_time_assumed=True,
    )

    lines = unfolded(read(client, f"/calendar/session/{session.pk}.ics"))

    page = "http://localhost:8000/webinars/frontline/heat/"
    stamp = session.changed_at.strftime("%Y%m%dT%H%M%SZ")
    for line in (
        f"UID:{session.uid}", "DTSTART:20261126T130000Z", "DTEND:20261126T140000Z", f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}", "SEQUENCE:0", "STATUS:CONFIRMED", "SUMMARY:Heat at night", f"URL:{page}",
        f"LOCATION:{page}join/", "CATEGORIES:heat,English,Español", "TRANSP:TRANSPARENT",
        "ORGANIZER;CN=Frontline:mailto:frontline@localhost",
        f"CONFERENCE;FEATURE=AUDIO,VIDEO;LABEL=Join the session;VALUE=URI:{page}join/",
    ):  # fmt: skip
        assert line in lines, lines
    [description] = [line for line in lines if line.startswith("DESCRIPTION:") and "doors" in line]
    assert "Heat lead\\, Quito" in description
    assert "is assumed" in description
    assert description.endswith(f"\\n\\n{page}join/")
    assert not any(
        line.startswith(("RRULE", "BEGIN:VTIMEZONE", "BEGIN:VALARM")) or "LANGUAGE=" in line for line in lines
    )


def test_a_public_session_has_its_picture_and_no_other_has(client: Client) -> None:
    session, inside = make_session(), make_session("inside", visibility=Visibility.MEMBERS)
    ana = make_member("Ana")
    register(open_registration(inside.pk).pk, by=ana)

    lines = unfolded(read(client, f"/calendar/session/{session.pk}.ics"))
    own = unfolded(read(client, f"/calendar/me/{make_feed(by=ana)}.ics"))

    [image] = [line for line in lines if line.startswith("IMAGE")]
    assert "VALUE=URI" in image and "FMTTYPE=image/png" in image
    address = image.partition(":http://localhost:8000")[2]
    assert client.get(address)["Content-Type"] == "image/png"
    assert not any(line.startswith("IMAGE") for line in own)


@pytest.mark.parametrize("part", ["all", "frontline", "theme/heat", "tag/shade", "spoken/en", "programme/coasts"])
def test_every_feed_is_there_as_json_and_as_atom_too(client: Client, part: str) -> None:
    theme, programme = make_theme("heat"), Programme.objects.create(slug="coasts", title_en="Coasts")
    session = make_session(themes=("Shade",), priority_theme_ids=(theme.pk,), programme_id=programme.pk)

    for form, kind in (("ics", "text/calendar"), ("json", "application/json"), ("atom", "application/atom+xml")):
        answer = read(client, f"/calendar/{part}.{form}")
        assert answer["Content-Type"].startswith(kind)
        assert session.get_absolute_url() in answer.content.decode().replace("\r\n ", "")


def test_the_kind_of_a_session_is_among_its_categories(client: Client) -> None:
    session = make_session(kind="workshop", themes=("heat",))

    assert "CATEGORIES:Workshop,heat,English" in unfolded(read(client, f"/calendar/session/{session.pk}.ics"))
    [told] = json.loads(read(client, "/calendar/all.json").content)["sessions"]
    assert told["kind"] == "workshop"
    assert b'<category term="Workshop"/><category term="heat"/>' in read(client, "/calendar/all.atom").content


def test_who_speaks_and_where_one_joins_is_told_as_json_too(client: Client) -> None:
    quito = make_city("quito")
    make_session(speakers=(make_speaker("Engineer", name="Sol", city_id=quito.pk, talk_title="Drains"),))

    [told] = json.loads(read(client, "/calendar/all.json").content)["sessions"]

    assert told["speakers"] == [{"name": "Sol", "role": "Engineer", "place": "Quito", "talk": "Drains"}]
    assert told["join_url"] == "http://localhost:8000/webinars/frontline/heat/join/"


def test_who_hosts_a_session_too_is_named(client: Client) -> None:
    make_session(co_hosts="ICLEI Africa, and the World Bank")

    assert "Together with ICLEI Africa\\, and the World Bank\\n" in "".join(unfolded(read(client)))
    [told] = json.loads(read(client, "/calendar/all.json").content)["sessions"]
    assert told["co_hosts"] == "ICLEI Africa, and the World Bank"


def test_each_language_has_its_feed_and_all_have_the_same_uids(client: Client) -> None:
    make_session(titles={"en": "Heat at night", "pt": "Calor à noite"})

    english, portuguese = events(read(client)), events(read(client, "/pt/calendar/all.ics"))

    assert english["Heat at night"]["UID"] == portuguese["Calor à noite"]["UID"]
    assert "/pt/webinars/" in portuguese["Calor à noite"]["URL"]


def test_there_is_a_feed_of_each_kind(client: Client) -> None:
    theme = Theme.objects.create(slug="climate", title_en="Climate")
    programme = Programme.objects.create(slug="recap21", title_en="ReCap21")
    other = make_series("other", languages=("es",))
    make_session("heat", priority_theme_ids=(theme.pk,), themes=("early warning",), programme_id=programme.pk)
    make_session("agua", series=other, languages=("es",))

    for address in ("theme/climate", "tag/early-warning", "programme/recap21", "spoken/en", "frontline"):
        assert list(events(read(client, f"/calendar/{address}.ics"))) == ["Heat"], address
    for address in ("spoken/es", "other"):
        assert list(events(read(client, f"/calendar/{address}.ics"))) == ["Agua"], address


@pytest.mark.parametrize("address", ["theme/x", "tag/x", "programme/x", "spoken/xx", "x", "session/999"])
def test_a_feed_of_nothing_that_is_does_not_exist(client: Client, address: str) -> None:
    make_session()

    assert read(client, f"/calendar/{address}.ics").status_code == 404


def test_a_feed_goes_ninety_days_back_unless_all_of_the_past_is_asked_for(client: Client) -> None:
    make_session("old", starts_at=NOON - timedelta(days=91))
    make_session("late", starts_at=NOON - timedelta(days=90))
    make_session("ahead", starts_at=NOON + timedelta(days=400))

    with time_machine.travel(NOON):
        assert list(events(read(client))) == ["Late", "Ahead"]
        assert list(events(read(client, "/calendar/all.ics?past=all"))) == ["Old", "Late", "Ahead"]


def test_moved_renamed_cancelled_and_restored_it_is_the_same_event(client: Client) -> None:
    session = make_session(starts_local="2026-12-10T13:00")

    def now() -> tuple[str, ...]:
        [event] = events(read(client)).values()
        told = (event["SUMMARY"], event["STATUS"], event["SEQUENCE"], event["DTSTART"].to_ical().decode())
        assert event["UID"] == str(session.uid)
        return tuple(map(str, told))

    assert now() == ("Heat", "CONFIRMED", "0", "20261210T130000Z")
    move_session(session.pk, starts_local="2026-12-11T14:00")
    assert now() == ("Heat", "CONFIRMED", "1", "20261211T140000Z")
    retitle_session(session.pk, titles={"en": "Heat, again"}, abstracts={})
    assert now() == ("Heat, again", "CONFIRMED", "1", "20261211T140000Z")
    cancel_session(session.pk, reason="The speaker is ill.")
    assert now() == ("Cancelled: Heat, again", "CANCELLED", "2", "20261211T140000Z")
    restore_session(session.pk)
    assert now() == ("Heat, again", "CONFIRMED", "3", "20261211T140000Z")


def test_a_cancelled_session_stays_thirty_days(client: Client) -> None:
    session = make_session(starts_at=timezone.now() + timedelta(days=60))
    cancel_session(session.pk)

    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert len(events(read(client))) == 1
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert events(read(client)) == {}


def test_nothing_in_a_feed_tells_when_it_was_asked_for(client: Client) -> None:
    make_session()
    noon = datetime.combine(timezone.now().date() + timedelta(days=1), datetime.min.time(), UTC) + timedelta(hours=12)

    with time_machine.travel(noon):
        first = read(client)
    with time_machine.travel(noon + timedelta(hours=7)):
        second = read(client)

    assert (first.content, first.headers["ETag"]) == (second.content, second.headers["ETag"])


def test_a_changed_session_is_the_only_one_that_is_built_anew(client: Client) -> None:
    sessions = [make_session(f"session-{number}") for number in range(5)]
    read(client)
    before = set(vevent.kept.values)

    move_session(sessions[0].pk, starts_local="2027-01-01T10:00")
    read(client)

    assert len(set(vevent.kept.values) - before) == 1


def test_a_longer_feed_costs_no_more_queries(client: Client) -> None:
    def more(number: int) -> None:
        make_session(f"session-{number}", speakers=(make_speaker(city_id=make_city(f"city-{number}").pk),))

    more(1)
    with CaptureQueriesContext(connection) as of_one:
        read(client)
    more(2)
    more(3)
    with CaptureQueriesContext(connection) as of_three:
        read(client)

    assert len(of_three) == len(of_one) <= 6


def test_the_same_schedule_is_told_as_json_and_as_atom(client: Client) -> None:
    session = make_session(titles={"es": "Calor de noche"}, original_language="es", starts_local="2026-12-10T13:00")

    [told] = json.loads(read(client, "/calendar/all.json").content)["sessions"]
    atom = ElementTree.fromstring(read(client, "/calendar/all.atom").content)

    assert (told["uid"], told["starts_at"], told["title_language"]) == (str(session.uid), "2026-12-10T13:00:00Z", "es")
    assert [entry.text for entry in atom.iter("{http://www.w3.org/2005/Atom}title")][1:] == ["Calor de noche"]


def test_no_text_breaks_a_feed(client: Client) -> None:
    hostile = [text for text in corpus("naughty-strings.json") if 0 < len(text) < 190][:300]
    hostile += ["\x00\x08\x0b", "a\r\nATTENDEE:mailto:x@y", "\ud800", "é" * 100, "BEGIN:VEVENT", ';:,\\"', "🌊" * 60]
    series = make_series()
    session = make_session(speakers=(make_speaker(),))

    for text in hostile:
        fit = text.encode("utf-8", "ignore").decode().replace("\x00", "")  # a database takes neither
        Session.objects.filter(pk=session.pk).update(
            title_en=fit, abstract_en=fit, themes=[fit], cancel_reason=fit, version=session.version
        )
        series.__class__.objects.filter(pk=series.pk).update(title_en=fit[:160])
        session.speakers.update(role=fit[:160], place=fit[:160], name=fit[:80])
        Session.objects.filter(pk=session.pk).update(version=hostile.index(text) + 10)
        body = read(client, "/calendar/all.ics?past=all").content

        assert body.count(b"\nBEGIN:VEVENT\r\n") == body.count(b"\nEND:VEVENT\r\n") == 1, text
        assert body.count(b"\nATTENDEE") == 0
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|(?<!\r)\n|\r(?!\n)", body), text
        lines = body.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        for line in lines:
            line.decode()  # folded between characters, not within
        [event] = Calendar.from_ical(body).walk("VEVENT")
        assert event["UID"] == str(session.uid)


@given(texts=st.lists(st.text(st.sampled_from('a é🌊\\^,;:"\n\u0301'), max_size=300), min_size=1, max_size=3))
def test_lines_are_folded_as_icalendar_folds_them(texts: list[str]) -> None:
    event = Event()
    for text in texts:
        event.add("comment", text)

    assert b"\r\n".join(folded(line.encode()) for line in event.content_lines() if line) + b"\r\n" == event.to_ical()


DEEDS = st.sampled_from(["move", "retitle", "cancel", "restore"])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.tuples(DEEDS, st.integers(0, 3)), max_size=12))
def test_whatever_is_done_sequence_never_falls_and_rises_with_time_and_status(deeds: list[tuple[str, int]]) -> None:
    session = make_session(f"session-{Session.objects.count()}", starts_local="2026-12-10T13:00")

    for deed, number in deeds:
        before = Session.objects.get(pk=session.pk)
        match deed:
            case "move":
                after = move_session(session.pk, starts_local=f"2026-12-1{number}T13:00")
            case "retitle":
                after = retitle_session(session.pk, titles={"en": f"Title {number}"}, abstracts={})
            case "cancel":
                after = cancel_session(session.pk)
            case _:
                after = restore_session(session.pk)
        is_other_date = before.starts_at != after.starts_at or (before.cancelled_at is None) != (
            after.cancelled_at is None
        )
        assert after.sequence == before.sequence + is_other_date
        assert after.changed_at >= before.changed_at
        assert (after.uid, after.created_at) == (before.uid, before.created_at)


def test_members_who_are_signed_in_read_the_same_feed(client: Client) -> None:
    make_session()
    as_guest = read(client)

    client.force_login(make_member("Ana"))

    assert read(client).content == as_guest.content
