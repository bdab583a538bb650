"""Who came, as organisers note it: from when a session begins on, and taken back as easily."""

import csv
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.facts.models import Fact
from community.members.rulings import NotAllowed
from community.personal.ports import HOLDINGS, Person
from community.privacy.words import readable
from tests.factories.members import make_city, make_member, make_organiser
from tests.factories.webinars import make_open_session, make_registration
from tests.webinars.desk import organiser
from webinars.actions import cancel_registration, cancel_session, note_attendance
from webinars.models import Registration, Session
from webinars.rules import can_note_attendance

pytestmark = pytest.mark.django_db
ROSA, IMANI, ASHA = "rosa@puno.example", "imani@accra.example", "asha@delhi.example"


def begun(session: Session, *, ago: timedelta = timedelta(minutes=10)) -> Session:
    """The same session, which began a while ago: people had registered before."""
    starts_at = timezone.now() - ago
    Session.objects.filter(pk=session.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    session.refresh_from_db()
    return session


def told(session: Session) -> list[int | None]:
    facts = Fact.objects.filter(name="attendance_noted")
    return [fact.actor_id for fact in facts if fact.ids["session_id"] == session.pk]


def came(session: Session) -> set[str]:
    return set(Registration.objects.filter(session=session, has_come=True).values_list("email", flat=True))


def page_of(client: Client, session: Session) -> str:
    return client.get(f"/webinars/desk/{session.pk}/registrations/").content.decode()


def note(client: Client, session: Session, **said: Any) -> Any:
    return client.post(f"/webinars/desk/{session.pk}/registrations/", said)


def test_an_organiser_ticks_who_came_and_they_are_counted_and_stand_in_the_file() -> None:
    session = make_open_session()
    rosa, imani, _ = (make_registration(session, email) for email in (ROSA, IMANI, ASHA))
    begun(session)
    client = organiser()
    assert "Came: 0 of 3" in page_of(client, session)

    answer = note(client, session, came=[rosa.pk, imani.pk], before="")

    assert answer.status_code == 302
    assert "Came: 2 of 3" in page_of(client, session)
    rows = csv.DictReader(
        client.get(f"/webinars/desk/{session.pk}/registrations.csv").content.decode("utf-8-sig").splitlines()
    )
    assert [(row["email"], row["came"]) for row in rows] == [(ROSA, "yes"), (IMANI, "yes"), (ASHA, "")]
    assert len(told(session)) == 1


def test_what_was_ticked_is_taken_back_by_unticking() -> None:
    session = make_open_session()
    rosa = make_registration(session, ROSA)
    begun(session)
    client = organiser()
    note(client, session, came=[rosa.pk], before="")
    assert f'name="before" value="{rosa.pk}"' in page_of(client, session)

    note(client, session, before=str(rosa.pk))

    assert came(session) == set()
    assert len(told(session)) == 2


def test_the_same_again_is_told_to_nobody() -> None:
    session = make_open_session()
    rosa = make_registration(session, ROSA)
    begun(session)
    client = organiser()

    note(client, session, came=[rosa.pk], before="")
    note(client, session, came=[rosa.pk], before="")
    note(client, session, came=[rosa.pk], before=str(rosa.pk))

    assert len(told(session)) == 1


def test_an_older_page_takes_back_nothing_that_another_organiser_has_ticked_meanwhile() -> None:
    session = make_open_session()
    rosa, imani = make_registration(session, ROSA), make_registration(session, IMANI)
    begun(session)
    client = organiser()
    note(client, session, came=[rosa.pk], before="")

    note(client, session, came=[imani.pk], before="")

    assert came(session) == {ROSA, IMANI}


def test_who_withdrew_and_who_registered_for_another_session_are_passed_over() -> None:
    session, other = make_open_session(), make_open_session("other")
    gone, elsewhere = make_registration(session, ROSA), make_registration(other, IMANI)
    cancel_registration(gone.pk)
    begun(session)

    note(organiser(), session, came=[gone.pk, elsewhere.pk, "x", "9" * 30], before="-1,,x")

    assert came(session) | came(other) == set()
    assert told(session) == []


def test_before_it_begins_nobody_has_come() -> None:
    session = make_open_session()
    rosa, client = make_registration(session, ROSA), organiser()

    answer = note(client, session, came=[rosa.pk], before="")

    assert "Came:" not in page_of(client, session) and 'name="came"' not in page_of(client, session)
    assert answer.status_code == 403
    assert "This session has not begun yet." in answer.content.decode()
    assert came(session) == set()


def test_to_what_does_not_take_place_nobody_comes() -> None:
    session = make_open_session()
    rosa = make_registration(session, ROSA)
    cancel_session(session.pk, reason="")
    begun(session)

    with pytest.raises(NotAllowed):
        note_attendance(session.pk, came=[rosa.pk], not_came=[], by=make_organiser())


def test_organisers_alone_note_who_came() -> None:
    session = begun(make_open_session(), ago=timedelta(days=400))
    ana, bo = make_member("Ana"), make_organiser()
    client = Client()
    client.force_login(ana)

    assert [bool(can_note_attendance(who, session)) for who in (ana, bo)] == [False, True]
    assert note(client, session, came=["1"]).status_code == 404
    assert note(Client(), session, came=["1"]).status_code == 302


def test_her_own_data_say_whether_she_came_and_go_with_her() -> None:
    session, ana = make_open_session(), make_member("Ana")
    registration = make_registration(session, ana)
    begun(session)
    note_attendance(session.pk, came=[registration.pk], not_came=[], by=make_organiser())
    holding = HOLDINGS["webinars.Registration"]

    hers = holding.hers(Person(ana.pk, ana.handle, ana.name, ana.language, (ana.email,)))

    assert "has_come" not in holding.without
    assert str(holding.title) == "Sessions that you registered for, and whether you came"
    assert readable("has_come") == "You came"
    assert [each.has_come for each in hers] == [True]


def test_the_boxes_cost_no_query_each(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client, session = organiser(), make_open_session()
    make_registration(session, make_member("Ana", city=make_city("quito")))
    begun(session)
    page_of(client, session)
    with django_assert_num_queries(7) as first:
        page_of(client, session)
    for name in ("Cai", "Dan"):
        Registration.objects.create(session=session, member=make_member(name), state="registered", has_come=True)

    with django_assert_num_queries(len(first)):
        assert page_of(client, session).count('type="checkbox"') == 3
