"""Reminders: a day and an hour before, once, by any clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail as outbox

from community.facts.models import Delivery, Fact
from community.facts.worker import carry_out
from community.mail.listeners import send
from community.mail.models import Mail
from tests.factories.deliveries import deliver_all
from tests.factories.members import make_member
from tests.factories.webinars import make_open_session, make_registration
from webinars.actions import (
    cancel_registration,
    cancel_session,
    change_registration,
    move_session,
    open_registration,
    register,
    restore_session,
)

pytestmark = pytest.mark.django_db
BEGINS = datetime(2026, 12, 10, 13, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(BEGINS - 10 * DAY, tick=False) as clock:
        yield clock


def reminded() -> list[str]:
    """The reminders that have left since last asked."""
    deliver_all()
    subjects = [letter.subject for letter in outbox.outbox if letter.subject.startswith("In a")]
    outbox.outbox.clear()
    return subjects


def test_she_is_reminded_a_day_and_an_hour_before_and_at_no_other_time(clock: time_machine.Traveller) -> None:
    make_registration(make_open_session(starts_at=BEGINS))
    told = {}

    for moment in (DAY + MINUTE, DAY, DAY - MINUTE, HOUR + MINUTE, HOUR, MINUTE, -HOUR):
        clock.move_to(BEGINS - moment)
        told[moment] = reminded()

    assert {moment: subjects for moment, subjects in told.items() if subjects} == {
        DAY: ["In a day: Heat"],
        HOUR: ["In an hour: Heat"],
    }


@pytest.mark.parametrize(
    ("zone", "local", "begins"),
    [
        ("America/New_York", "2026-03-08T09:00", datetime(2026, 3, 8, 13, tzinfo=UTC)),
        ("Europe/Paris", "2026-10-25T09:00", datetime(2026, 10, 25, 8, tzinfo=UTC)),
    ],
)
def test_where_clocks_change_in_between_the_instant_is_right_and_so_is_the_hour_told(
    clock: time_machine.Traveller, zone: str, local: str, begins: datetime
) -> None:
    clock.move_to(begins - 3 * DAY)
    session = make_open_session(starts_local=local, timezone=zone, starts_at=begins)
    register(session.pk, by=make_member("Ana", timezone=zone))

    clock.move_to(begins - DAY - MINUTE)
    assert reminded() == []
    clock.move_to(begins - DAY)
    deliver_all()
    assert ", 09:00 " in next(letter.body for letter in outbox.outbox if "In a day" in letter.subject)
    reminded()
    clock.move_to(begins - HOUR - MINUTE)
    assert reminded() == []
    clock.move_to(begins - HOUR)
    assert reminded() == ["In an hour: Heat"]


def test_a_moved_session_reminds_of_its_new_time_alone(clock: time_machine.Traveller) -> None:
    session = make_open_session(starts_at=BEGINS)
    make_registration(session)
    move_session(session.pk, starts_local="2026-12-12T13:00")

    clock.move_to(BEGINS - DAY)
    assert reminded() == []
    clock.move_to(BEGINS + DAY)
    assert reminded() == ["In a day: Heat"]


def test_none_comes_for_what_is_cancelled_and_again_once_it_is_restored(clock: time_machine.Traveller) -> None:
    session = make_open_session(starts_at=BEGINS)
    make_registration(session)
    cancel_session(session.pk)

    clock.move_to(BEGINS - DAY)
    assert reminded() == []
    restore_session(session.pk)
    clock.move_to(BEGINS - HOUR)
    assert reminded() == ["In an hour: Heat"]


def test_who_has_withdrawn_or_waits_or_does_not_want_it_is_not_reminded(clock: time_machine.Traveller) -> None:
    session = make_open_session(starts_at=BEGINS, capacity=2)
    gone, keen = (make_registration(session, f"{name}@puno.example") for name in ("gone", "keen"))
    make_registration(session, "waits@puno.example")
    change_registration(keen.pk, reminds_day=False, reminds_hour=True)
    cancel_registration(gone.pk)

    clock.move_to(BEGINS - DAY)
    assert reminded() == []
    clock.move_to(BEGINS - HOUR)
    assert reminded() == ["In an hour: Heat"]


def test_who_withdraws_between_the_hour_and_her_own_delivery_is_not_reminded(clock: time_machine.Traveller) -> None:
    registration = make_registration(make_open_session(starts_at=BEGINS))
    deliver_all()
    clock.move_to(BEGINS - DAY)
    [fanned] = Delivery.objects.filter(listener="webinars.listeners.remind_attendees", done_at=None)[:1]
    carry_out([fanned], call=lambda function: function())
    assert Delivery.objects.filter(listener="webinars.listeners.remind_attendee", done_at=None).count() == 1

    cancel_registration(registration.pk)

    assert reminded() == []


def test_a_worker_that_was_away_does_not_remind_late(clock: time_machine.Traveller) -> None:
    make_registration(make_open_session(starts_at=BEGINS))

    clock.move_to(BEGINS - HOUR)
    assert reminded() == ["In an hour: Heat"]
    clock.move_to(BEGINS + MINUTE)
    assert reminded() == []


def test_what_begins_within_the_day_reminds_an_hour_before_only(clock: time_machine.Traveller) -> None:
    clock.move_to(BEGINS - 5 * HOUR)
    session = make_open_session(starts_at=BEGINS)
    open_registration(session.pk, capacity=50)
    make_registration(session)

    assert reminded() == []
    clock.move_to(BEGINS - HOUR)
    assert reminded() == ["In an hour: Heat"]


def test_a_reminder_that_is_sent_again_after_a_crash_is_the_same_mail(clock: time_machine.Traveller) -> None:
    make_registration(make_open_session(starts_at=BEGINS))
    clock.move_to(BEGINS - DAY)
    deliver_all()
    mail = Mail.objects.get(subject="In a day: Heat")
    [first] = [letter for letter in outbox.outbox if letter.subject == "In a day: Heat"]
    Mail.objects.filter(pk=mail.pk).update(
        sent_at=None, text="Again."
    )  # it went out, and the worker died before it said so

    send(Fact.objects.get(name="mail_written", ids={"mail_id": mail.pk}))
    Delivery.objects.filter(listener__startswith="webinars.listeners.remind").update(done_at=None)
    deliver_all()

    again = [letter for letter in outbox.outbox if letter.subject == "In a day: Heat"]
    assert len(again) == 2
    assert {letter.extra_headers["Message-ID"] for letter in again} == {first.extra_headers["Message-ID"]}
    assert Mail.objects.filter(subject="In a day: Heat").count() == 1
