"""Until when one can register: a wall clock's time in the session's zone, set at the desk."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from community.facts.models import Fact, Stream
from tests.factories.members import make_member
from tests.factories.webinars import make_open_session, make_series
from tests.webinars.desk import organiser, typed, typed_of
from webinars.actions import move_session
from webinars.models import Session

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 12, 10, 13, tzinfo=UTC)
PAGE = "/webinars/frontline/heat/"


@pytest.fixture(autouse=True)
def in_november() -> Any:
    cache.clear()
    with time_machine.travel(datetime(2026, 11, 26, tzinfo=UTC)):
        yield


def save(session: Session, until: str, **told: Any) -> Any:
    session.refresh_from_db()
    typed = typed_of(session, takes_registrations="on", registration_until=until, **told)
    return organiser().post(f"/webinars/desk/{session.pk}/", typed)


def until_of(session: Session) -> datetime | None:
    session.refresh_from_db()
    return session.registration_until


def test_an_organiser_writes_the_end_of_registration_by_the_sessions_own_clock() -> None:
    session = make_open_session(starts_at=THEN)

    answer = save(session, "2026-12-09T18:00", timezone="America/Lima", time="08:00")

    assert answer.status_code == 302
    assert until_of(session) == datetime(2026, 12, 9, 23, tzinfo=UTC)
    form = organiser().get(f"/webinars/desk/{session.pk}/").content.decode()
    assert 'type="datetime-local"' in form and 'value="2026-12-09T18:00"' in form


def test_until_then_the_page_and_the_form_say_so_and_from_then_on_nobody_registers(client: Client) -> None:
    session = make_open_session(starts_at=THEN)
    save(session, "2026-12-09T18:00")

    before = [client.get(address).content.decode() for address in (PAGE, f"{PAGE}register/")]
    with time_machine.travel(datetime(2026, 12, 9, 18, 0, 1, tzinfo=UTC)):
        after = client.get(PAGE).content.decode()

    for page in before:
        assert "Registration until" in page and 'datetime="2026-12-09T18:00:00' in page and 'name="email"' in page
    assert "Registration until" not in after and "Registration for this session is closed." in after


def test_a_session_is_planned_with_it_and_without_it_registration_lasts_until_the_end() -> None:
    series = make_series()
    told = typed(takes_registrations="on", series=series.slug)
    bo = organiser()

    bo.post("/webinars/desk/new/", told | {"registration_until": "2030-03-06T08:00"})
    bo.post("/webinars/desk/new/", told | {"title_en": "Cold", "title_es": "Frío", "day": "2030-04-07"})

    first, second = Session.objects.order_by("pk")
    assert first.registration_until == datetime(2030, 3, 6, 13, tzinfo=UTC)
    assert (second.registration_until, second.registration_closes_at) == (None, second.ends_at)


@pytest.mark.parametrize(
    ("until", "why"),
    [
        ("2026-12-10T14:01", "The session is over by then."),
        ("2026-11-25T10:00", "This time is over already."),
        ("tomorrow", "Write a day and a time, as 2026-11-26T08:00."),
        ("0001-01-01T00:00", "Write a day and a time"),
        ("2026-13-40T10:00", "Write a day and a time"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_the_field_and_stays_there(until: str, why: str) -> None:
    session = make_open_session(starts_at=THEN)

    answer = save(session, until, title_en="Heat by night")

    page = answer.content.decode()
    assert answer.status_code == 422 and until_of(session) is None
    assert 'id="id_registration_until_error"' in page and why in page
    assert f'value="{until}"' in page and 'value="Heat by night"' in page


def test_a_time_that_clocks_jump_over_is_refused() -> None:
    session = make_open_session(starts_at=datetime(2027, 3, 20, 13, tzinfo=UTC))

    answer = save(session, "2027-03-14T02:30", timezone="America/New_York", day="2027-03-20", time="09:00")

    assert answer.status_code == 422 and "Clocks jump over this time" in answer.content.decode()


def test_an_end_that_has_passed_stays_when_something_else_is_changed() -> None:
    session = make_open_session(starts_at=THEN)
    save(session, "2026-12-01T10:00")

    with time_machine.travel(datetime(2026, 12, 5, tzinfo=UTC)):
        answer = save(session, "2026-12-01T10:00", co_hosts="UNDRR")

    assert answer.status_code == 302
    assert until_of(session) == datetime(2026, 12, 1, 10, tzinfo=UTC) and session.co_hosts == "UNDRR"


def test_it_can_be_taken_back(client: Client) -> None:
    session = make_open_session(starts_at=THEN)
    save(session, "2026-12-01T10:00")

    save(session, "")

    assert until_of(session) is None and "Registration until" not in client.get(PAGE).content.decode()


def test_it_stays_behind_where_a_session_is_copied() -> None:
    session = make_open_session(starts_at=THEN)
    save(session, "2026-12-01T10:00")

    copied = organiser().get(f"/webinars/desk/new/?series=frontline&copy={session.pk}").content.decode()

    assert "2026-12-01T10:00" not in copied and 'name="registration_until"' in copied


def test_a_session_that_is_moved_to_before_it_ends_registration_with_itself() -> None:
    session = make_open_session(starts_at=THEN)
    save(session, "2026-12-09T18:00")

    moved = move_session(session.pk, starts_local="2026-12-08T10:00")

    assert moved.registration_closes_at == moved.ends_at == datetime(2026, 12, 8, 11, tzinfo=UTC)


def test_pages_that_are_kept_for_guests_end_with_the_change() -> None:
    session = make_open_session(starts_at=THEN)
    before, version = Stream.objects.get(name="schedule").head, session.version

    save(session, "2026-12-09T18:00")
    save(session, "2026-12-09T18:00")

    session.refresh_from_db()
    assert Stream.objects.get(name="schedule").head == before + 1 and session.version == version + 1
    assert Fact.objects.filter(name="session_revised").count() == 1


def test_a_member_reads_it_beside_her_button() -> None:
    session, ana = make_open_session(starts_at=THEN), Client()
    ana.force_login(make_member("Ana"))
    save(session, "2026-12-09T18:00")

    page = ana.get(PAGE).content.decode()

    assert page.index("Registration until") < page.index('value="register"')
