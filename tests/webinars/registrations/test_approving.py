"""Sessions whose organisers decide who comes: asked, approved, declined, and never more than there are seats."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from community.facts.models import Fact
from community.mail.models import Mail
from community.members.models import Member
from community.members.rulings import NotAllowed
from tests.factories.deliveries import deliver_all
from tests.factories.members import make_member, make_organiser
from tests.factories.webinars import make_asking, make_channel, make_open_session, make_registration
from tests.webinars.desk import organiser, typed_of
from tests.webinars.registrations.asking import ASHA, IMANI, ROSA, enter, state_of
from tests.webinars.telling.reading import letters, method_of, words_of
from webinars.actions import (
    approve_requests,
    cancel_registration,
    cancel_session,
    confirm_registration,
    decline_requests,
    move_session,
    open_registration,
    register,
    register_again,
    show_session,
    take_decline_back,
)
from webinars.choices import Visibility
from webinars.models import Registration, Session, State
from webinars.queries import registrations_of, seats_of
from webinars.views.registering import address_of

pytestmark = pytest.mark.django_db
PAGE = "/webinars/frontline/heat/"
HOSTILE = "<script>alert(1)</script> %(title)s {{ name }} \u202egnihtemos"


@pytest.fixture(autouse=True)
def nobody_has_tried_anything() -> None:
    cache.clear()


@pytest.fixture
def session() -> Session:
    return make_open_session(capacity=1, asks_approval=True)


def subjects_to(email: str) -> list[str]:
    return list(Mail.objects.filter(to=email).order_by("pk").values_list("subject", flat=True))


def test_a_member_asks_by_one_tap_and_has_no_seat_before_organisers_say_so(session: Session, bo: Member) -> None:
    ana = make_member("Ana")

    asked = register(session.pk, by=ana)

    assert asked.state == State.REQUESTED and seats_of(session.pk).left == 1
    assert subjects_to(ana.email) == ["We have your request: Heat"]
    [fact] = Fact.objects.filter(name="registration_requested")
    assert fact.ids == {"registration_id": asked.pk, "session_id": session.pk}

    approve_requests(session.pk, chosen=[asked.pk], by=bo)

    assert state_of(asked) == State.REGISTERED and seats_of(session.pk).left == 0
    assert subjects_to(ana.email)[1:] == ["You are registered: Heat"]
    assert Fact.objects.get(name="registered").actor_id == bo.pk


def test_a_guests_request_begins_once_her_address_is_confirmed(session: Session) -> None:
    asking = make_asking(session)
    deliver_all()
    assert asking.state == State.ASKED

    confirm_registration(asking.pk)

    assert state_of(asking) == State.REQUESTED
    assert subjects_to(ROSA) == ["Confirm your registration: Heat", "We have your request: Heat"]


def test_who_is_approved_once_all_seats_are_taken_waits_in_line(session: Session, bo: Member) -> None:
    rosa, imani, asha = (make_registration(session, email) for email in (ROSA, IMANI, ASHA))

    count = approve_requests(session.pk, chosen=[asha.pk, imani.pk, rosa.pk], by=bo)

    assert count == 3
    assert [state_of(each) for each in (rosa, imani, asha)] == [State.REGISTERED, State.WAITING, State.WAITING]
    assert [each.position for each in (rosa, imani, asha)] == [1, 2, 3]
    assert subjects_to(IMANI)[1:] == ["You are on the waiting list: Heat"]


def test_a_request_holds_no_seat_so_that_a_seat_that_gets_free_goes_to_who_waits(session: Session, bo: Member) -> None:
    rosa, imani, asha = (make_registration(session, email) for email in (ROSA, IMANI, ASHA))
    approve_requests(session.pk, chosen=[rosa.pk, imani.pk], by=bo)

    cancel_registration(rosa.pk)

    assert (state_of(imani), state_of(asha)) == (State.OFFERED, State.REQUESTED)


def test_a_decline_is_told_with_the_organisers_words_and_taken_back_by_approving(session: Session, bo: Member) -> None:
    rosa = make_registration(session)
    letters()

    decline_requests(session.pk, chosen=[rosa.pk], by=bo, note={"en": "The hall is small."})
    declined = letters()[ROSA]
    take_decline_back(session.pk, chosen=[rosa.pk], by=bo, note={"en": "It is larger than we thought."})
    approved = letters()[ROSA]

    assert declined["Subject"] == "Your request was declined: Heat" and method_of(declined) == ""
    assert "The organisers write:\n\nThe hall is small." in words_of(declined)
    assert state_of(rosa) == State.REGISTERED and method_of(approved) == "REQUEST"
    assert "It is larger than we thought." in words_of(approved)
    assert Fact.objects.get(name="registration_declined").actor_id == bo.pk


def test_who_was_declined_cannot_ask_again_while_organisers_decide(session: Session, bo: Member) -> None:
    ana = make_member("Ana")
    hers, rosas = register(session.pk, by=ana), make_registration(session)
    decline_requests(session.pk, chosen=[hers.pk, rosas.pk], by=bo)

    assert register(session.pk, by=ana).state == State.DECLINED
    again = make_asking(session)
    deliver_all()
    assert subjects_to(ROSA)[-1] == "You have asked already: Heat"
    assert not Registration.objects.filter(pk=again.pk).exists()
    with pytest.raises(NotAllowed, match="have decided about your request already"):
        register_again(rosas.pk)


def test_turned_off_approval_approves_nobody_by_itself(session: Session, bo: Member) -> None:
    asked, declined = make_registration(session, ROSA), make_registration(session, IMANI)
    decline_requests(session.pk, chosen=[declined.pk], by=bo)
    session.refresh_from_db()
    told = typed_of(session, capacity="2", takes_registrations="on")

    assert organiser().post(f"/webinars/desk/{session.pk}/", told).status_code == 302

    session.refresh_from_db()
    assert not session.asks_approval and state_of(asked) == State.REQUESTED
    assert register(session.pk, by=make_member("Ana")).state == State.REGISTERED
    assert register_again(declined.pk).state == State.REGISTERED
    approve_requests(session.pk, chosen=[asked.pk], by=bo)
    assert state_of(asked) == State.WAITING


def test_approval_is_asked_for_at_the_desk_and_pages_kept_for_guests_end(client: Client) -> None:
    session = make_open_session()
    assert "Ask to come" not in client.get(PAGE).content.decode()
    version = session.version

    organiser().post(f"/webinars/desk/{session.pk}/", typed_of(session, asks_approval="on"))

    session.refresh_from_db()
    page = client.get(PAGE).content.decode()
    assert session.asks_approval and session.version == version + 1
    assert Fact.objects.filter(name="session_revised").count() == 1
    assert "The organisers decide who comes." in page and ">Ask to come</button>" in page


def test_a_copy_asks_for_approval_too(session: Session) -> None:
    page = organiser().get(f"/webinars/desk/new/?series=frontline&copy={session.pk}").content.decode()

    assert re.search(r'<input[^>]*name="asks_approval"[^>]*checked', page)


@pytest.mark.parametrize("who", ["member", "nobody", "guest"])
def test_who_is_no_organiser_decides_nothing_and_is_not_told_that_there_is_a_page(session: Session, who: str) -> None:
    rosa, ana = make_registration(session), make_member("Ana")
    client = Client() if who == "guest" else enter(ana)
    number = session.pk if who != "nobody" else 999_999

    answer = client.post(f"/webinars/desk/{number}/registrations/approve/", {"requests-chosen": rosa.pk})

    assert answer.status_code == 404 and state_of(rosa) == State.REQUESTED
    with pytest.raises(NotAllowed):
        approve_requests(session.pk, chosen=[rosa.pk], by=ana)


def test_nobody_is_approved_for_what_is_over_or_does_not_take_place(session: Session, bo: Member) -> None:
    rosa = make_registration(session)

    with time_machine.travel(session.ends_at), pytest.raises(NotAllowed, match="over"):
        approve_requests(session.pk, chosen=[rosa.pk], by=bo)
    cancel_session(session.pk)
    with pytest.raises(NotAllowed, match="does not take place"):
        decline_requests(session.pk, chosen=[rosa.pk], by=bo)


def test_organisers_decide_also_once_registration_is_closed(session: Session, bo: Member) -> None:
    rosa = make_registration(session)
    open_registration(session.pk, capacity=1, until=timezone.now() - timedelta(hours=1))

    approve_requests(session.pk, chosen=[rosa.pk], by=bo)

    assert state_of(rosa) == State.REGISTERED


def test_who_has_withdrawn_belongs_elsewhere_or_is_suspended_is_passed_over(session: Session, bo: Member) -> None:
    withdrawn, elsewhere = make_registration(session), make_registration(make_open_session("cold", asks_approval=True))
    ana = make_member("Ana")
    suspended = register(session.pk, by=ana)
    cancel_registration(withdrawn.pk)
    Member.objects.filter(pk=ana.pk).update(is_active=False)

    count = approve_requests(session.pk, chosen=[withdrawn.pk, elsewhere.pk, suspended.pk], by=bo)

    states = [state_of(each) for each in (withdrawn, elsewhere, suspended)]
    assert (count, states) == (0, [State.CANCELLED, State.REQUESTED, State.REQUESTED])


def test_what_one_organiser_has_decided_another_does_not_undo_by_an_older_page(session: Session, bo: Member) -> None:
    rosa = make_registration(session)
    decline_requests(session.pk, chosen=[rosa.pk], by=bo)

    count = approve_requests(session.pk, chosen=[rosa.pk], by=bo)

    assert (count, state_of(rosa)) == (0, State.DECLINED)


def test_who_asks_can_withdraw_and_ask_again(session: Session) -> None:
    ana = make_member("Ana")
    client = enter(ana)
    client.post(f"{PAGE}attend/", {"deed": "register"})
    page = client.get(PAGE).content.decode()
    assert "You have asked to come. The organisers decide." in page and "Withdraw my request" in page
    assert [each.state for each, _ in registrations_of(ana)] == [State.REQUESTED]

    client.post(f"{PAGE}attend/", {"deed": "cancel"})

    assert (
        Registration.objects.get().state == State.CANCELLED
        and ">Ask to come</button>" in client.get(PAGE).content.decode()
    )
    client.post(f"{PAGE}attend/", {"deed": "register"})
    assert Registration.objects.get().state == State.REQUESTED
    assert subjects_to(ana.email) == ["We have your request: Heat"] * 2


def test_a_guest_reads_how_she_stands_and_withdraws_on_her_own_page(session: Session, bo: Member) -> None:
    rosa, client = make_registration(session), Client()
    own = address_of(rosa)

    asked = client.get(own).content.decode()
    decline_requests(session.pk, chosen=[rosa.pk], by=bo)
    declined = client.get(own).content.decode()
    take_decline_back(session.pk, chosen=[rosa.pk], by=bo)
    cancel_registration(rosa.pk)
    gone = client.get(own).content.decode()

    assert "You have asked to come." in asked and "Withdraw my request" in asked
    assert "have declined your request" in declined
    assert "/again/" not in declined and "/cancel/" not in declined
    assert "/again/" in gone and ">Ask to come</button>" in gone


def test_a_member_who_was_declined_reads_so_and_has_no_button(session: Session, bo: Member) -> None:
    ana = make_member("Ana")
    decline_requests(session.pk, chosen=[register(session.pk, by=ana).pk], by=bo)

    page = enter(ana).get(PAGE).content.decode()

    assert "The organisers have declined your request." in page
    assert 'value="register"' not in page and 'value="cancel"' not in page


def test_who_asks_gets_no_invitation_no_reminder_and_no_links(bo: Member) -> None:
    session = make_open_session(asks_approval=True, channels=(make_channel(),))
    ana = make_member("Ana")
    asked, rosa = register(session.pk, by=ana), make_registration(session)

    mails = letters()
    with time_machine.travel(session.starts_at):
        pages = enter(ana).get(PAGE).content.decode() + Client().get(address_of(rosa)).content.decode()

    assert [method_of(letter) for letter in mails.values()] == ["", ""] and "meet.example" not in pages
    with time_machine.travel(session.starts_at - timedelta(hours=23, minutes=59)):
        assert letters() == {}
    approve_requests(session.pk, chosen=[asked.pk], by=bo)
    assert method_of(letters()[ana.email]) == "REQUEST"
    with time_machine.travel(session.starts_at):
        assert "meet.example" in enter(ana).get(PAGE).content.decode()


def test_who_asks_hears_plainly_that_the_session_moves_or_does_not_take_place(session: Session, bo: Member) -> None:
    asked, declined = make_registration(session, ROSA), make_registration(session, IMANI)
    letters()
    decline_requests(session.pk, chosen=[declined.pk], by=bo)
    letters()

    move_session(session.pk, starts_local=(session.starts_at + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"))
    moved = letters()
    cancel_session(session.pk)
    off = letters()

    assert {to: (mail["Subject"], method_of(mail)) for to, mail in moved.items()} == {ROSA: ("Another time: Heat", "")}
    assert {to: (mail["Subject"], method_of(mail)) for to, mail in off.items()} == {ROSA: ("Cancelled: Heat", "")}
    assert state_of(asked) == State.REQUESTED


def test_organisers_who_move_a_session_are_shown_that_who_asks_is_told(session: Session) -> None:
    make_registration(session)
    session.refresh_from_db()
    told = typed_of(session, asks_approval="on", capacity="1", time="23:00", day="2031-01-01")

    page = organiser().post(f"/webinars/desk/{session.pk}/", told).content.decode()

    assert "1 person asking to come" in page and "Another time" in page


def test_a_session_that_people_ask_to_come_to_is_no_draft_again(session: Session) -> None:
    make_registration(session)

    with pytest.raises(NotAllowed):
        show_session(session.pk, to=Visibility.DRAFT)


def test_a_hostile_note_is_words_in_the_mail(session: Session, bo: Member) -> None:
    rosa = make_registration(session)
    letters()

    decline_requests(session.pk, chosen=[rosa.pk], by=bo, note={"en": HOSTILE})

    letter = letters()[ROSA]
    html = next(part for part in letter.walk() if part.get_content_type() == "text/html").get_payload(decode=True)
    assert HOSTILE in words_of(letter)
    assert b"<script>" not in html and b"&lt;script&gt;" in html and b"{{ name }}" in html  # type: ignore[operator]


def test_mails_about_requests_are_in_her_language_and_her_time(session: Session, bo: Member) -> None:
    rosa = make_registration(session, language="es")
    decline_requests(session.pk, chosen=[rosa.pk], by=bo)

    requested, declined = Mail.objects.filter(to=ROSA).order_by("pk")

    assert (requested.language, declined.language) == ("es", "es")


def test_guests_and_members_read_nothing_of_who_asks(session: Session) -> None:
    make_registration(session, name="Rosa Quispe")

    pages = [client.get(PAGE).content.decode() for client in (Client(), enter(make_member("Ana")))]

    assert all("Rosa" not in page and "asks to come" not in page and "1 seat left" in page for page in pages)


@pytest.mark.django_db(transaction=True)
def test_of_twenty_approved_at_once_for_the_last_seat_one_has_it_and_nineteen_wait_in_order(
    together: Callable[..., list[BaseException]],
) -> None:
    session, bo = make_open_session(capacity=1, asks_approval=True), make_organiser()
    asked = [make_registration(session, f"guest-{number}@cities.example") for number in range(20)]

    raised = together(*(partial(approve_requests, session.pk, chosen=[each.pk], by=bo) for each in asked))

    assert raised == []
    came = Registration.objects.order_by("position")
    assert [each.position for each in came] == list(range(1, 21))
    assert [each.state for each in came] == [State.REGISTERED] + [State.WAITING] * 19
    assert Mail.objects.filter(subject="You are registered: Heat").count() == 1
    assert Mail.objects.filter(subject="You are on the waiting list: Heat").count() == 19


@pytest.mark.django_db(transaction=True)
def test_approved_and_declined_at_once_she_is_one_of_the_two_and_told_once(
    together: Callable[..., list[BaseException]],
) -> None:
    session, bo = make_open_session(asks_approval=True), make_organiser()
    rosa = make_registration(session)

    raised = together(
        *(partial(decision, session.pk, chosen=[rosa.pk], by=bo) for decision in (approve_requests, decline_requests)),
        partial(approve_requests, session.pk, chosen=[rosa.pk], by=bo),
    )

    assert raised == [] and state_of(rosa) in (State.REGISTERED, State.DECLINED)
    assert len(subjects_to(ROSA)) == 2
