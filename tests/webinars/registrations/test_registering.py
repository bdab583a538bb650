"""Who comes to a session: registered once, in order, never more than there are seats."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.db import connection
from django.template import TemplateDoesNotExist
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.facts.models import Delivery, Fact
from community.facts.worker import carry_out
from community.mail.models import Mail
from community.members.rulings import NotAllowed
from community.privacy.actions.leaving import erase_member
from tests.factories.deliveries import deliver_all
from tests.factories.members import make_member
from tests.factories.webinars import make_asking, make_open_session, make_registration, make_session
from webinars.actions import (
    accept_offer,
    answer_asking,
    cancel_registration,
    cancel_session,
    close_registration,
    confirm_registration,
    make_feed,
    move_session,
    open_registration,
    register,
    restore_session,
)
from webinars.models import PersonalFeed, Registration, Session, State
from webinars.queries import place_in_line, registration_to_confirm, seats_of

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def states() -> list[str]:
    """In the order in which they came."""
    return list(Registration.objects.order_by("pk").values_list("state", flat=True))


def crowd(session: Session, count: int) -> list[Registration]:
    return [make_registration(session, f"guest-{number}@cities.example") for number in range(1, count + 1)]


def subjects_to(email: str) -> list[str]:
    return list(Mail.objects.filter(to=email).order_by("pk").values_list("subject", flat=True))


def test_a_member_is_registered_by_one_deed_and_told_by_mail() -> None:
    ana = make_member("Ana")

    registration = register(make_open_session().pk, by=ana)

    assert (registration.state, registration.member, registration.email) == (State.REGISTERED, ana, "")
    assert subjects_to(ana.email) == ["You are registered: Heat"]
    [fact] = Fact.objects.filter(name="registered")
    assert fact.ids == {"registration_id": registration.pk, "session_id": registration.session_id}


def test_a_guest_has_no_seat_before_her_address_is_confirmed() -> None:
    session = make_open_session(capacity=1)
    asked = make_asking(session)
    deliver_all()
    assert (asked.state, seats_of(session.pk).taken) == (State.ASKED, 0)
    assert subjects_to("rosa@puno.example") == ["Confirm your registration: Heat"]

    confirm_registration(asked.pk)

    assert (states(), seats_of(session.pk).left) == ([State.REGISTERED], 0)
    assert subjects_to("rosa@puno.example")[1:] == ["You are registered: Heat"]


def test_registering_twice_is_one_registration() -> None:
    session, ana = make_open_session(), make_member("Ana")

    first, second = register(session.pk, by=ana), register(session.pk, by=ana)

    assert first.pk == second.pk and states() == [State.REGISTERED]
    assert subjects_to(ana.email) == ["You are registered: Heat"]


def test_an_address_that_asks_again_is_told_so_by_mail_alone() -> None:
    session = make_open_session()
    first = make_registration(session)

    second = make_asking(session, name="Somebody else")
    deliver_all()

    assert list(Registration.objects.values_list("pk", "name")) == [(first.pk, "Rosa Quispe")]
    assert subjects_to("rosa@puno.example")[-1] == "You have asked already: Heat"
    assert confirm_registration(second.pk) is None


def test_two_links_of_one_address_confirm_one_registration() -> None:
    session = make_open_session()
    one, other = make_asking(session), make_asking(session)

    first, second = confirm_registration(one.pk), confirm_registration(other.pk)

    assert first == second and states() == [State.REGISTERED]


def test_asking_looks_nobody_up() -> None:
    session = make_open_session()
    make_registration(session, "rosa@puno.example")

    costs = []
    for email in ("rosa@puno.example", "nobody@puno.example"):
        with CaptureQueriesContext(connection) as asked:
            make_asking(session, email)
        costs.append([query["sql"].split(" ")[0] for query in asked.captured_queries])

    assert costs[0] == costs[1]
    assert "INSERT" in costs[0] and "SELECT" not in costs[0]


def test_a_guest_with_an_account_is_registered_as_the_member() -> None:
    session, ana = make_open_session(), make_member("Ana")

    registration = make_registration(session, ana.email)

    assert (registration.member, registration.email, registration.name) == (ana, "", "")
    assert register(session.pk, by=ana) == registration


def test_a_guest_who_opens_an_account_keeps_her_registration() -> None:
    session = make_open_session(capacity=1)
    registration = make_registration(session, "rosa@puno.example")
    rosa = make_member("Rosa", email="rosa@puno.example")

    assert register(session.pk, by=rosa) == registration
    assert Registration.objects.get().member == rosa


def test_what_nobody_confirms_is_forgotten_after_three_days() -> None:
    session = make_open_session()
    asked, confirmed = make_asking(session), make_registration(session, "cai@cities.example")

    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        deliver_all()

    assert list(Registration.objects.all()) == [confirmed]
    assert confirm_registration(asked.pk) is None
    assert registration_to_confirm("forged") is None


def test_nobody_registers_where_there_is_nothing_to_come_to() -> None:
    ana, cancelled, closed = make_member("Ana"), make_open_session("cancelled"), make_open_session("closed")
    over = make_open_session("over", starts_at=timezone.now() - DAY)
    until = open_registration(make_session("until").pk, until=timezone.now() - HOUR)
    cancel_session(cancelled.pk)
    close_registration(closed.pk)

    for session in (cancelled, closed, over, until, make_session("takes-none")):
        session.refresh_from_db()
        with pytest.raises(NotAllowed):
            register(session.pk, by=ana)
        with pytest.raises(NotAllowed):
            make_asking(session)

    assert not Registration.objects.exists()


def test_a_suspended_member_does_not_register() -> None:
    session = make_open_session()

    with pytest.raises(NotAllowed):
        register(session.pk, by=make_member("Cai", is_active=False))

    assert not Registration.objects.exists()


def test_whoever_comes_when_all_seats_are_taken_waits_in_order() -> None:
    session = make_open_session(capacity=1)

    first, second, third = crowd(session, 3)

    assert states() == [State.REGISTERED, State.WAITING, State.WAITING]
    assert [place_in_line(second), place_in_line(third)] == [1, 2]
    assert subjects_to("guest-3@cities.example") == ["You are on the waiting list: Heat"]
    assert "place 2 of the waiting list" in Mail.objects.get(to="guest-3@cities.example").text
    assert first.state == State.REGISTERED


def test_a_seat_that_gets_free_is_offered_to_who_waits_longest_for_a_day() -> None:
    session = make_open_session(capacity=1)
    first, second, third = crowd(session, 3)
    now = timezone.now()

    with time_machine.travel(now, tick=False):
        cancel_registration(first.pk)

    second.refresh_from_db()
    assert states() == [State.CANCELLED, State.OFFERED, State.WAITING]
    assert second.offered_until == now + DAY
    assert subjects_to("guest-2@cities.example")[-1] == "A seat is free for you: Heat"
    assert seats_of(session.pk).left == 0
    assert Fact.objects.filter(name="promoted").count() == 1
    assert place_in_line(third) == 1


def test_an_offered_seat_is_accepted() -> None:
    session = make_open_session(capacity=1)
    first, second = crowd(session, 2)
    cancel_registration(first.pk)

    accept_offer(second.pk)
    with time_machine.travel(timezone.now() + 2 * DAY):
        deliver_all()

    assert states() == [State.CANCELLED, State.REGISTERED]
    assert subjects_to("guest-2@cities.example")[-1] == "You are registered: Heat"


def test_a_seat_that_nobody_accepts_in_time_goes_to_the_next() -> None:
    session = make_open_session(capacity=1)
    first, second, third = crowd(session, 3)
    cancel_registration(first.pk)

    with time_machine.travel(timezone.now() + DAY + timedelta(minutes=1)):
        with pytest.raises(NotAllowed):
            accept_offer(second.pk)
        deliver_all()
        deliver_all()

    third.refresh_from_db()
    assert states() == [State.CANCELLED, State.CANCELLED, State.OFFERED]
    assert subjects_to("guest-2@cities.example")[-1] == "The seat went to whoever was next: Heat"


def test_an_offer_ends_an_hour_before_the_session_begins() -> None:
    session = make_open_session(capacity=1, starts_at=timezone.now().replace(second=0, microsecond=0) + 5 * HOUR)
    first, second = crowd(session, 2)

    cancel_registration(first.pk)

    second.refresh_from_db()
    assert second.offered_until == session.starts_at - HOUR


def test_in_the_last_hour_a_free_seat_is_at_once_theirs_who_wait() -> None:
    session = make_open_session(capacity=1, starts_at=timezone.now() + timedelta(minutes=50))
    first, _ = crowd(session, 2)

    cancel_registration(first.pk)

    assert states() == [State.CANCELLED, State.REGISTERED]


def test_more_seats_are_offered_in_order_and_no_limit_lets_all_in() -> None:
    session = make_open_session(capacity=1)
    crowd(session, 4)

    open_registration(session.pk, capacity=3)
    assert states() == [State.REGISTERED, State.OFFERED, State.OFFERED, State.WAITING]
    open_registration(session.pk, capacity=None)

    assert states() == [State.REGISTERED, State.OFFERED, State.OFFERED, State.REGISTERED]


def test_fewer_seats_take_none_away() -> None:
    session = make_open_session(capacity=2)
    crowd(session, 3)

    open_registration(session.pk, capacity=1)

    assert states() == [State.REGISTERED, State.REGISTERED, State.WAITING]
    assert seats_of(session.pk).left == 0


def test_who_has_withdrawn_may_come_again_at_the_end_of_the_line() -> None:
    session, ana = make_open_session(capacity=1), make_member("Ana")
    registration = register(session.pk, by=ana)
    crowd(session, 1)
    cancel_registration(registration.pk, by=ana)

    again = register(session.pk, by=ana)

    assert again.pk == registration.pk and again.state == State.WAITING


def test_a_seat_that_got_free_while_a_session_was_cancelled_is_offered_once_it_is_restored() -> None:
    session = make_open_session(capacity=1)
    first, _ = crowd(session, 2)
    cancel_session(session.pk)
    cancel_registration(first.pk)
    assert states() == [State.CANCELLED, State.WAITING]

    restore_session(session.pk)
    deliver_all()

    assert states() == [State.CANCELLED, State.OFFERED]


def test_an_offer_that_ends_while_a_session_is_cancelled_is_made_again() -> None:
    session = make_open_session(capacity=1)
    first, _, _ = crowd(session, 3)
    cancel_registration(first.pk)
    cancel_session(session.pk)

    with time_machine.travel(timezone.now() + DAY + timedelta(minutes=1)):
        deliver_all()
        assert states() == [State.CANCELLED, State.WAITING, State.WAITING]
        restore_session(session.pk)
        deliver_all()

    assert states() == [State.CANCELLED, State.OFFERED, State.WAITING]
    assert subjects_to("guest-2@cities.example").count("A seat is free for you: Heat") == 2


def test_an_answer_that_comes_twice_writes_nothing_new_once_it_is_confirmed() -> None:
    asked = make_asking(make_open_session())
    confirm_registration(asked.pk)

    answer_asking(asked.pk)

    assert subjects_to("rosa@puno.example") == ["You are registered: Heat"]


def test_mails_leave_one_by_one() -> None:
    session = make_open_session()
    make_registration(session, "rosa@puno.example")
    Mail.objects.update(to="rosa@puno.example\nBcc: all@cities.example")
    make_registration(session, "cai@cities.example")

    deliver_all()

    assert [sent.to for sent in outbox.outbox if "registered" in sent.subject] == [["cai@cities.example"]]


def test_who_leaves_the_community_frees_her_seat_and_is_forgotten() -> None:
    session, ana = make_open_session(capacity=1), make_member("Ana")
    register(session.pk, by=ana)
    waits = make_registration(session, "rosa@puno.example")
    make_feed(by=ana)
    Mail.objects.all().delete()

    erase_member(ana)

    assert list(Registration.objects.values_list("pk", "state")) == [(waits.pk, State.OFFERED)]
    assert not PersonalFeed.objects.exists()
    assert set(Mail.objects.values_list("to", flat=True)) == {"rosa@puno.example"}


def test_what_a_guest_told_goes_with_the_account_of_that_address() -> None:
    ana, cai = make_member("Ana"), make_member("Cai")
    session = make_open_session()
    make_asking(session, ana.email, name="Ana as a guest")
    make_asking(session, cai.email, name="Cai as a guest")

    erase_member(ana)

    assert list(Registration.objects.values_list("name", flat=True)) == ["Cai as a guest"]


@pytest.mark.django_db(transaction=True)
def test_a_seat_and_the_mail_about_it_stand_or_fall_together(settings: Any) -> None:
    asked, templates = make_asking(make_open_session()), settings.TEMPLATES

    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
    with pytest.raises(TemplateDoesNotExist):
        confirm_registration(asked.pk)
    assert (states(), Mail.objects.count()) == ([State.ASKED], 0)
    settings.TEMPLATES = templates
    confirm_registration(asked.pk)

    assert (states(), Mail.objects.count()) == ([State.REGISTERED], 1)
    assert Delivery.objects.filter(listener="community.mail.listeners.send", done_at=None).count() == 1


def test_to_erase_a_member_takes_nobody_elses_reminder() -> None:
    """Deliveries are found by a member's number, which may be that of a registration."""
    session, gone = make_open_session(), make_member("Cai")
    rosa = make_registration(session, "rosa@puno.example")
    Registration.objects.filter(pk=rosa.pk).update(id=gone.pk)
    move_session(session.pk, starts_local="2031-01-10T13:00")
    [fanned] = Delivery.objects.filter(listener="webinars.listeners.tell_attendees")
    carry_out([fanned], call=lambda function: function())

    erase_member(gone)
    deliver_all()

    assert subjects_to("rosa@puno.example")[-1] == "Another time: Heat"
