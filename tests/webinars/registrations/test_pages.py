"""Registering over HTTP: without an account by a form and a mail, with one by a tap."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.deliveries import deliver_all
from tests.factories.members import make_member
from tests.factories.webinars import make_open_session, make_registration, make_session
from webinars.actions import cancel_registration, cancel_session, close_registration, register
from webinars.attendees import own_door
from webinars.models import Registration, Session, State
from webinars.views.registering import address_of

pytestmark = pytest.mark.django_db
PAGE = "/webinars/frontline/heat/"
ROSA = {"name": "Rosa Quispe", "email": "rosa@puno.example", "city_name": "Puno", "language": "en", "timezone": ""}


@pytest.fixture(autouse=True)
def nobody_has_tried_anything() -> None:
    cache.clear()


def read(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def ask(client: Client, session: Session, **fields: str) -> Any:
    return client.post(reverse("webinars:register", args=["frontline", session.slug]), {**ROSA, **fields})


def tap(client: Client, deed: str, **fields: str) -> str:
    response = client.post(f"{PAGE}attend/", {"deed": deed, **fields}, follow=True)
    assert response.redirect_chain[-1][0] == PAGE
    return response.content.decode()


def link_in(subject: str) -> str:
    deliver_all()
    [letter] = [letter for letter in outbox.outbox if letter.subject == subject]
    [link] = re.findall(r"http://localhost:8000(\S*/registration/\S+)", letter.body)
    return str(link)


def enter(**fields: Any) -> tuple[Client, Any]:
    client, member = Client(), make_member("Ana", **fields)
    client.force_login(member)
    return client, member


def test_a_guest_registers_with_one_form_and_a_link_in_a_mail(client: Client) -> None:
    session = make_open_session(capacity=30)
    assert "30 seats left" in read(client) and 'name="email"' in read(client)

    answer = ask(client, session)
    link = link_in("Confirm your registration: Heat")
    assert "<bdi>rosa@puno.example</bdi>" in read(client, link)
    assert Registration.objects.get().state == State.ASKED
    own = client.post(link, follow=True)

    assert answer.url == reverse("webinars:asked")
    assert Registration.objects.get().state == State.REGISTERED
    assert own.redirect_chain[-1][0].startswith("/webinars/registration/")
    assert client.post(link).status_code == 404
    assert "29 seats left" in read(client)


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}register/"])
def test_what_is_said_of_the_recording_stands_before_the_button(client: Client, address: str) -> None:
    make_open_session(recording_consents={"en": "This session <b>is</b> recorded.", "es": "Se graba esta sesión."})
    ana, _ = enter()

    guests, hers = read(client, address), read(ana)

    for page in (guests, hers):
        assert page.count("<p>This session &lt;b&gt;is&lt;/b&gt; recorded.</p>") == 1
        assert page.index("recorded.</p>") < page.index(">Register</button>")
    assert "<p>Se graba esta sesión.</p>" in read(client, f"/es{address}")
    assert '<span lang="en" dir="ltr">This session' in read(client, f"/fr{address}")


def test_where_nothing_is_said_of_a_recording_nothing_stands_there(client: Client) -> None:
    make_open_session()

    assert "recorded" not in read(client)


def test_the_page_answers_alike_whether_the_address_is_registered(client: Client) -> None:
    session = make_open_session()
    make_registration(session, "rosa@puno.example")

    known, unknown = ask(client, session), ask(Client(), session, email="nobody@puno.example")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url) == (302, reverse("webinars:asked"))
    assert known.cookies.keys() == unknown.cookies.keys()


@pytest.mark.parametrize("missing", ["name", "email", "language"])
def test_what_is_missing_is_said_beside_it_and_nothing_typed_is_lost(client: Client, missing: str) -> None:
    page = ask(client, make_open_session(), **{missing: ""})

    html = page.content.decode()
    assert page.status_code == 200 and 'value="Puno"' in html
    assert f'id="id_{missing}_error"' in html or 'aria-invalid="true"' in html
    assert not Registration.objects.exists()


def test_a_guests_page_is_the_same_for_all_so_that_it_can_be_kept(client: Client) -> None:
    make_open_session()

    answer = client.get(PAGE)

    assert not answer.cookies and "csrfmiddlewaretoken" not in answer.content.decode()


def test_a_form_that_another_site_sends_is_refused() -> None:
    session, client = make_open_session(), Client(enforce_csrf_checks=True)
    address = reverse("webinars:register", args=["frontline", "heat"])

    theirs = client.post(address, ROSA, headers={"Origin": "https://evil.example"})
    ours = client.post(address, ROSA, headers={"Origin": "http://localhost:8000"})

    assert (theirs.status_code, ours.status_code) == (403, 302)
    assert Registration.objects.get().session == session


def test_asking_too_often_for_one_address_is_stopped(client: Client) -> None:
    session = make_open_session()

    answers = [ask(client, session).status_code for _ in range(11)]

    assert answers == [302] * 10 + [429]


def test_asking_too_often_from_one_place_is_stopped(client: Client) -> None:
    session = make_open_session()

    answers = [ask(client, session, email=f"guest-{number}@puno.example").status_code for number in range(61)]

    assert set(answers[:60]) == {302} and answers[60] == 429


def test_a_member_registers_by_one_tap_and_takes_it_back_by_another() -> None:
    make_open_session(capacity=10)
    client, ana = enter()

    assert "You are registered." in tap(client, "register")
    assert Registration.objects.get(member=ana).state == State.REGISTERED
    page = tap(client, "cancel")

    assert "Your registration is cancelled." in page and 'value="register"' in page
    assert Registration.objects.get().state == State.CANCELLED


def test_a_member_sees_her_place_in_line_and_accepts_a_seat() -> None:
    session = make_open_session(capacity=1)
    other = make_registration(session, "rosa@puno.example")
    client, ana = enter()
    assert "Put me on the waiting list" in read(client)

    assert "you are at place 1 of the waiting list" in tap(client, "register")
    cancel_registration(other.pk)
    assert "A seat is yours if you accept it until" in read(client)
    assert "You are registered." in tap(client, "accept")

    assert Registration.objects.get(member=ana).state == State.REGISTERED


def test_a_member_chooses_her_reminders() -> None:
    make_open_session()
    client, _ = enter()
    tap(client, "register")

    tap(client, "remind", reminds_hour="on")

    registration = Registration.objects.get()
    assert (registration.reminds_day, registration.reminds_hour) == (False, True)


def test_a_deed_without_an_account_or_without_a_registration_changes_nothing(client: Client) -> None:
    make_open_session()
    ana, _ = enter()

    assert "/account/login/" in client.post(f"{PAGE}attend/", {"deed": "register"}).url
    for deed in ("cancel", "accept", "remind", "none"):
        assert ana.post(f"{PAGE}attend/", {"deed": deed}).status_code == 404
    assert not Registration.objects.exists()


def test_a_link_that_is_opened_once_registration_is_closed_says_so(client: Client) -> None:
    session = make_open_session()
    ask(client, session)
    link = link_in("Confirm your registration: Heat")
    close_registration(session.pk)

    answer = client.post(link)

    assert answer.status_code == 403 and "takes no registrations" in answer.content.decode()
    assert Registration.objects.get().state == State.ASKED


def test_who_comes_and_goes_all_the_time_is_stopped(client: Client) -> None:
    own = address_of(make_registration(make_open_session()))
    ana, _ = enter()
    deeds = ["register", "cancel"] * 15

    assert {ana.post(f"{PAGE}attend/", {"deed": deed}).status_code for deed in deeds} == {302}
    assert ana.post(f"{PAGE}attend/", {"deed": "register"}).status_code == 429
    assert {client.post(f"{own}{deed}/").status_code for deed in ["cancel", "again"] * 15} == {302}
    assert client.post(f"{own}cancel/").status_code == 429


def test_where_nobody_can_register_the_page_says_why(client: Client) -> None:
    make_session("plain")
    cancel_session(make_open_session("off").pk)

    plain = read(client, "/webinars/frontline/plain/")
    assert "Nobody has to register." in plain and 'name="email"' not in plain
    off = read(client, "/webinars/frontline/off/")
    assert "This session does not take place." in off and 'name="email"' not in off
    assert "This session does not take place." in read(client, "/webinars/frontline/off/register/")
    assert client.post("/webinars/frontline/off/register/", ROSA).status_code == 403


def test_a_session_page_costs_the_same_however_many_have_come() -> None:
    session = make_open_session(capacity=1)
    client, ana = enter()
    register(session.pk, by=ana)
    costs = []

    for number in range(3):
        with CaptureQueriesContext(connection) as asked:
            read(client)
        costs.append(len(asked))
        make_registration(session, f"guest-{number}@puno.example")

    assert costs[0] == costs[1] == costs[2] <= 12


def test_a_guests_own_page_shows_and_changes_what_she_told(client: Client) -> None:
    registration = make_registration(make_open_session())
    own = address_of(registration)
    page = read(client, own)
    assert "You are registered." in page and 'value="Puno"' in page and "noindex" in page
    assert "/calendar/registration/" in page

    client.post(own, {"name": "Rosa Q.", "city_name": "Juliaca", "language": "fr", "reminds_hour": "on"})

    registration.refresh_from_db()
    assert (registration.name, registration.city_name, registration.language) == ("Rosa Q.", "Juliaca", "fr")
    assert (registration.reminds_day, registration.reminds_hour, registration.email) == (
        False,
        True,
        "rosa@puno.example",
    )


def test_a_guests_own_page_leads_to_the_door_while_she_has_a_seat(client: Client) -> None:
    session = make_open_session(capacity=1)
    rosa, sol = make_registration(session), make_registration(session, "sol@puno.example")  # who waits
    doors = [own_door(each, language="en") for each in (rosa, sol)]

    assert f'href="{doors[0]}"' in read(client, address_of(rosa))
    assert doors[1] not in read(client, address_of(sol))
    cancel_registration(rosa.pk)
    assert doors[0] not in read(client, address_of(rosa))


def test_a_guests_own_page_of_what_is_cancelled_says_that_alone(client: Client) -> None:
    registration = make_registration(make_open_session())
    cancel_session(registration.session_id, reason="Storm.")

    page = read(client, address_of(registration))

    assert "does not take place" in page and "Storm." in page
    assert "You are registered." not in page and "Cancel my registration" not in page


def test_a_guests_own_page_shows_the_time_of_her_clock(client: Client) -> None:
    session = make_open_session(starts_at=datetime(2031, 1, 10, 13, tzinfo=UTC))

    page = read(client, address_of(make_registration(session, timezone_name="America/Lima")))

    assert "10 Jan 2031, 08:00 GMT−5" in page


def test_a_guest_withdraws_and_comes_again_from_her_own_page(client: Client) -> None:
    registration = make_registration(make_open_session())
    own = address_of(registration)

    gone = client.post(f"{own}cancel/", follow=True).content.decode()
    assert "You are not registered." in gone and "Register again" in gone
    again = client.post(f"{own}again/", follow=True).content.decode()

    assert "You are registered." in again
    assert Registration.objects.get().state == State.REGISTERED


def test_a_guest_accepts_the_seat_she_is_offered(client: Client) -> None:
    session = make_open_session(capacity=1)
    first, second = (make_registration(session, f"{name}@puno.example") for name in ("first", "second"))
    cancel_registration(first.pk)
    assert "Accept the seat" in read(client, address_of(second))

    client.post(f"{address_of(second)}accept/")

    second.refresh_from_db()
    assert second.state == State.REGISTERED
    assert client.post(f"{address_of(first)}accept/").status_code == 403


def test_a_link_that_was_replaced_or_made_up_leads_nowhere(client: Client) -> None:
    registration = make_registration(make_open_session())
    old = address_of(registration)

    client.post(f"{old}renew/")

    new = link_in("Your new link: Heat")
    assert client.get(new).status_code == 200
    for address in (old, "/webinars/registration/1-1:forged/", "/webinars/registration/x/"):
        assert client.get(address).status_code == 404
        assert client.post(f"{address}cancel/").status_code == 404
    assert Registration.objects.get().state == State.REGISTERED


def test_once_it_is_an_accounts_a_guests_link_leads_to_the_session(client: Client) -> None:
    session = make_open_session()
    registration = make_registration(session)
    own = address_of(registration)
    register(session.pk, by=make_member("Rosa", email="rosa@puno.example"))

    assert client.get(own).url == PAGE
    assert client.post(f"{own}cancel/").status_code == 404
    assert Registration.objects.get().state == State.REGISTERED


def test_nobody_sees_who_else_comes() -> None:
    session = make_open_session()
    make_registration(session, "rosa@puno.example")
    client, _ = enter()

    assert "rosa@puno.example" not in read(client) and "Rosa" not in read(client)
