"""Mails about a registration, as calendar programs and mailboxes read them."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.utils import timezone
from icalendar import Calendar

from community.mail.models import Mail
from tests.factories.deliveries import deliver_all
from tests.factories.members import make_member
from tests.factories.webinars import make_asking, make_open_session, make_registration, make_speaker
from tests.webinars.calendars.readers import by_icalendar, by_libical, by_vobject
from webinars.actions import (
    cancel_registration,
    cancel_session,
    move_session,
    register,
    renew_link,
    restore_session,
    retitle_session,
)
from webinars.models import Registration, Session

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 12, 10, 13, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(datetime(2026, 11, 26, tzinfo=UTC)):
        yield


def sent() -> list[Message]:
    """What has left since last asked, as it travels."""
    deliver_all()
    letters = [letter.message() for letter in outbox.outbox]
    outbox.outbox.clear()
    return letters


def parts(letter: Message) -> dict[str, Message]:
    return {part.get_content_type(): part for part in letter.walk()}


def event(letter: Message) -> Any:
    """The invitation's; its METHOD must be the one of its part."""
    part = parts(letter)["text/calendar"]
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == str(calendar["METHOD"])
    [found] = calendar.walk("VEVENT")
    found["METHOD"] = calendar["METHOD"]
    return found


def told(letter: Message) -> tuple[str, ...]:
    found = event(letter)
    start = found["DTSTART"].to_ical().decode()
    return (str(found["METHOD"]), str(found["SEQUENCE"]), str(found["STATUS"]), start, str(found["SUMMARY"]))


def open_session(**fields: Any) -> Session:
    return make_open_session(starts_at=THEN, **fields)


def test_who_is_registered_gets_an_invitation_that_calendars_take_in() -> None:
    session = open_session(speakers=(make_speaker("Heat lead"),))
    make_registration(session, "rosa@puno.example", name='Rosa "Rosi" Quispe, Puno')

    letter = sent()[-1]

    assert [part.get_content_type() for part in letter.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics",
    ]  # fmt: skip
    assert parts(letter)["text/calendar"].get_content_charset() == "utf-8"
    assert parts(letter)["application/ics"].get_filename() == "invite.ics"
    found = event(letter)
    assert (str(found["UID"]), str(found["SEQUENCE"])) == (str(session.uid), str(session.sequence))
    assert str(found["ORGANIZER"]) == "mailto:frontline@localhost" and "frontline@localhost" in letter["From"]
    assert str(found["ATTENDEE"]) == "mailto:rosa@puno.example"
    assert found["ATTENDEE"].params["CN"] == "Rosa 'Rosi' Quispe, Puno"
    assert found["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert told(letter) == ("REQUEST", "0", "CONFIRMED", "20261210T130000Z", "Heat")


def test_its_lines_are_as_the_standard_wants_them_and_other_parsers_read_it() -> None:
    registration = make_registration(open_session(titles={"en": "Calor à noite: " + "ñandú, " * 20 + "heat"}))
    cancel_registration(registration.pk)

    for letter in sent():
        carried: Any = parts(letter)["application/ics"].get_payload(decode=True)
        shown: Any = message_from_bytes(letter.as_bytes()).get_payload(0).get_payload(2).get_payload(decode=True)
        lines = carried.split(b"\r\n")
        assert b"\n" not in b"".join(lines) and max(map(len, lines)) <= 75
        assert by_icalendar(carried) == by_vobject(carried) == by_libical(carried) == by_libical(shown) != set()


def test_moved_renamed_cancelled_and_restored_it_follows_with_the_sequence_of_the_feeds() -> None:
    session = open_session()
    make_registration(session)
    sent()

    move_session(session.pk, starts_local="2026-12-11T14:00")
    moved = sent()
    retitle_session(session.pk, titles={"en": "Heat, again"}, abstracts={})
    renamed = sent()
    cancel_session(session.pk, reason="The speaker is ill.")
    cancelled = sent()
    restore_session(session.pk)
    restored = sent()

    assert [told(letter) for letter in (*moved, *renamed, *cancelled, *restored)] == [
        ("REQUEST", "1", "CONFIRMED", "20261211T140000Z", "Heat"),
        ("REQUEST", "1", "CONFIRMED", "20261211T140000Z", "Heat, again"),
        ("CANCEL", "2", "CANCELLED", "20261211T140000Z", "Cancelled: Heat, again"),
        ("REQUEST", "3", "CONFIRMED", "20261211T140000Z", "Heat, again"),
    ]
    assert {str(event(each[0])["UID"]) for each in (moved, renamed, cancelled, restored)} == {str(session.uid)}
    assert "The speaker is ill." in parts(cancelled[0])["text/plain"].get_payload()


def test_changes_that_nobody_was_told_of_yet_are_told_in_one_mail() -> None:
    session = open_session()
    make_registration(session)
    sent()

    move_session(session.pk, starts_local="2026-12-11T14:00")
    move_session(session.pk, starts_local="2026-12-12T15:00")

    [letter] = sent()
    assert told(letter)[3] == "20261212T150000Z"


def test_who_registers_after_a_change_is_not_told_of_it() -> None:
    session = open_session()
    move_session(session.pk, starts_local="2026-12-11T14:00")
    make_registration(session)

    assert [letter["Subject"] for letter in sent()] == ["You are registered: Heat"]


def test_who_withdraws_gets_it_taken_out_of_her_calendar_and_hears_no_more() -> None:
    session = open_session()
    registration = make_registration(session)
    sent()

    cancel_registration(registration.pk)
    [letter] = sent()
    move_session(session.pk, starts_local="2026-12-11T14:00")

    assert told(letter)[:3] == ("CANCEL", "0", "CANCELLED")
    assert sent() == []


def test_who_waits_is_told_of_another_time_and_has_nothing_in_her_calendar_yet() -> None:
    session = open_session(capacity=1)
    make_registration(session, "rosa@puno.example")
    make_registration(session, "cai@cities.example")
    sent()

    move_session(session.pk, starts_local="2026-12-11T14:00")

    assert {letter["To"]: "text/calendar" in parts(letter) for letter in sent()} == {
        "rosa@puno.example": True,
        "cai@cities.example": False,
    }


def test_a_bad_address_stops_nobody_elses_news() -> None:
    session = open_session()
    bad = make_registration(session, "bad@puno.example")
    make_registration(session, "rosa@puno.example")
    sent()
    Registration.objects.filter(pk=bad.pk).update(email="bad@puno.example\nBcc: all@puno.example")

    move_session(session.pk, starts_local="2026-12-11T14:00")

    assert [letter["To"] for letter in sent()] == ["rosa@puno.example"]


def test_a_mail_speaks_the_attendees_language_and_her_clock() -> None:
    session = open_session(titles={"en": "Heat at night", "es": "Calor de noche"})
    make_registration(session, "rosa@puno.example", language="es", timezone_name="America/Lima")
    register(session.pk, by=make_member("Noor", language="ar", timezone="Asia/Amman"))

    spanish, arabic = sent()

    subject = str(make_header(decode_header(spanish["Subject"])))
    assert (subject, spanish["Content-Language"]) == ("Inscripción confirmada: Calor de noche", "es")
    assert "10 dic 2026, 08:00 GMT−5" in _text(spanish)
    assert "16:00 GMT+3" in _text(arabic)
    assert 'dir="rtl"' in parts(arabic)["text/html"].get_payload(decode=True).decode()
    assert str(event(spanish)["SUMMARY"]) == "Calor de noche"


def test_a_link_to_confirm_an_address_invites_nobody_yet() -> None:
    make_asking(open_session())

    [letter] = sent()

    assert "text/calendar" not in parts(letter)
    assert "/webinars/registration/confirm/" in _text(letter)


def test_nobody_writes_to_a_suspended_member() -> None:
    session, cai = open_session(), make_member("Cai")
    register(session.pk, by=cai)
    sent()
    cai.is_active = False
    cai.save()

    move_session(session.pk, starts_local="2026-12-11T14:00")

    assert sent() == []


def test_what_is_over_is_told_to_nobody() -> None:
    session = open_session()
    make_registration(session)
    sent()

    with time_machine.travel(THEN + timedelta(days=1)):
        retitle_session(session.pk, titles={"en": "Heat, a summary"}, abstracts={})
        assert sent() == []


def test_an_invitation_is_gone_from_our_side_once_it_is_sent() -> None:
    registration = make_registration(open_session())
    assert "BEGIN:VCALENDAR" in Mail.objects.get(subject="You are registered: Heat").calendar

    sent()
    renew_link(registration.pk)
    [letter] = sent()

    assert set(Mail.objects.values_list("text", "html", "calendar")) == {("", "", "")}
    assert letter["Subject"] == "Your new link: Heat"


def _text(letter: Message) -> str:
    payload: Any = parts(letter)["text/plain"].get_payload(decode=True)
    return str(payload.decode())


def test_of_two_invitations_with_one_sequence_the_later_says_so() -> None:
    session, ana = open_session(), make_member("Ana")
    registration = register(session.pk, by=ana)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        cancel_registration(registration.pk, by=ana)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        register(session.pk, by=ana)
        letters = sent()

    stamps = [event(letter)["DTSTAMP"].dt for letter in letters]
    assert stamps == sorted(set(stamps)) and len(stamps) == 3
