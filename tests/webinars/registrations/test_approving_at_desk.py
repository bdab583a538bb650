"""Organisers decide at the desk: several at once, with a few words, and nothing typed is lost."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from community.mail.models import Mail
from community.members.models import Member
from tests.factories.members import make_member
from tests.factories.webinars import make_open_session, make_registration
from tests.webinars.desk import organiser
from tests.webinars.registrations.asking import ASHA, IMANI, ROSA, queries_of, state_of
from webinars.actions import (
    approve_requests,
    decline_requests,
    register,
)
from webinars.models import Registration, Session, State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_tried_anything() -> None:
    cache.clear()


@pytest.fixture
def session() -> Session:
    return make_open_session(capacity=1, asks_approval=True)


def desk_page(client: Client, session: Session) -> str:
    return client.get(f"/webinars/desk/{session.pk}/registrations/").content.decode()


def decide(client: Client, session: Session, deed: str, *chosen: Registration, note: str = "") -> Any:
    prefix = "declined" if deed == "approve-after-all" else "requests"
    told = {f"{prefix}-chosen": [each.pk for each in chosen], f"{prefix}-note": note}
    return client.post(f"/webinars/desk/{session.pk}/registrations/{deed}/", told)


def test_at_the_desk_several_are_approved_at_once_with_a_few_words(session: Session) -> None:
    client = organiser()
    rosa, imani = make_registration(session, ROSA), make_registration(session, IMANI, name="Imani <b>Osei</b>")
    page = desk_page(client, session)
    assert "Who asks to come" in page and "Imani &lt;b&gt;Osei&lt;/b&gt;" in page and "0 people" in page

    answer = decide(client, session, "approve", rosa, imani, note="Bring water.")

    assert answer.status_code == 302 and "2 people are approved." in desk_page(client, session)
    assert [state_of(each) for each in (rosa, imani)] == [State.REGISTERED, State.WAITING]
    assert all("Bring water." in mail.text for mail in Mail.objects.order_by("-pk")[:2])


def test_at_the_desk_a_decline_is_taken_back(session: Session) -> None:
    client, rosa = organiser(), make_registration(session)

    decide(client, session, "decline", rosa)
    page = desk_page(client, session)
    decide(client, session, "approve-after-all", rosa)

    assert "Approve after all" in page and "Who asks to come" not in page
    assert state_of(rosa) == State.REGISTERED and "Approve after all" not in desk_page(client, session)


def test_where_nobody_is_ticked_nothing_happens_and_what_was_typed_stays(session: Session) -> None:
    client, rosa = organiser(), make_registration(session)

    answer = decide(client, session, "decline", note="The hall is small.")

    page = answer.content.decode()
    assert answer.status_code == 422 and "Tick whom you mean first." in page and "The hall is small.</textarea>" in page
    assert state_of(rosa) == State.REQUESTED


def test_a_note_that_is_too_long_is_refused_beside_the_field_and_the_ticks_stay(session: Session) -> None:
    client, rosa = organiser(), make_registration(session)

    answer = decide(client, session, "approve", rosa, note="x" * 2_001)

    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="id_requests-note_error"' in page
    assert re.search(rf'name="requests-chosen" value="{rosa.pk}" checked', page) and state_of(rosa) == State.REQUESTED


@pytest.mark.parametrize("chosen", ["x", "1e3", "-1", "9" * 40])
def test_what_is_no_registration_decides_about_nobody(session: Session, chosen: str) -> None:
    rosa = make_registration(session)

    answer = organiser().post(f"/webinars/desk/{session.pk}/registrations/approve/", {"requests-chosen": chosen})

    assert answer.status_code == 422 and state_of(rosa) == State.REQUESTED


def test_a_deed_that_there_is_not_is_not_found(session: Session) -> None:
    assert organiser().post(f"/webinars/desk/{session.pk}/registrations/burn/").status_code == 404


def test_only_who_comes_is_counted_and_written_to(session: Session, bo: Member) -> None:
    client, rosa = organiser(), make_registration(session)

    page = desk_page(client, session)

    assert "/write/" not in page and "0 people" in page and "registrations.csv" in page
    approve_requests(session.pk, chosen=[rosa.pk], by=bo)
    assert "/write/" in desk_page(client, session)


def test_the_desk_counts_open_requests_in_its_list_and_on_the_sessions_page(session: Session, bo: Member) -> None:
    client = organiser()
    rosa, imani, _ = (make_registration(session, email) for email in (ROSA, IMANI, ASHA))
    approve_requests(session.pk, chosen=[rosa.pk], by=bo)

    pages = [client.get(address).content.decode() for address in ("/webinars/desk/", f"/webinars/desk/{session.pk}/")]

    assert all("2 ask to come" in page for page in pages)
    decline_requests(session.pk, chosen=[imani.pk], by=bo)
    assert "1 asks to come" in client.get("/webinars/desk/").content.decode()


def test_counting_them_costs_no_query_a_session(session: Session) -> None:
    client = organiser()
    make_registration(session)
    client.get("/webinars/desk/")
    one = queries_of(client, "/webinars/desk/")

    for slug in ("cold", "flood"):
        make_registration(make_open_session(slug, asks_approval=True))

    assert queries_of(client, "/webinars/desk/") == one


def test_the_list_of_who_asks_costs_no_query_each(session: Session) -> None:
    client, address = organiser(), f"/webinars/desk/{session.pk}/registrations/"
    make_registration(session)
    client.get(address)
    one = queries_of(client, address)

    make_registration(session, IMANI)
    register(session.pk, by=make_member("Ana"))

    assert queries_of(client, address) == one
