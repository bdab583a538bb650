"""Rows of lists of sessions are kept: each must be another as soon as anything that it shows is another."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.factories.members import make_member
from tests.factories.webinars import make_session
from webinars.actions import cancel_session, move_session, retitle_session
from webinars.models import Series, Session

pytestmark = pytest.mark.django_db


def read(address: str = "/webinars/", client: Client | None = None) -> str:
    response = (client or Client()).get(address)
    assert response.status_code == 200
    return response.content.decode().partition('<ul class="rows">')[2].partition("</ul>")[0]


def retitle(session: Session) -> None:
    retitle_session(session.pk, titles={"en": "Cooling centres"}, abstracts={})


def move(session: Session) -> None:
    move_session(session.pk, starts_local=(timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M"))


def lengthen(session: Session) -> None:
    Session.objects.update(ends_at=session.ends_at + timedelta(minutes=30))


def cancel(session: Session) -> None:
    cancel_session(session.pk, reason="The speaker is ill.")


def rename_series(session: Session) -> None:
    Series.objects.update(title_en="Heat talks")


def give(**fields: object) -> Callable[[Session], None]:
    def deed(session: Session) -> None:
        Session.objects.filter(pk=session.pk).update(**fields)

    return deed


@pytest.mark.parametrize(
    "deed",
    [
        retitle,
        move,
        lengthen,
        cancel,
        rename_series,
        give(kind="workshop"),
        give(languages=["en", "es"]),
        give(interpreted=["fr"]),
        give(is_recorded=True),
        give(is_time_assumed=True),
        give(is_invented=True),
        give(slug="elsewhere"),
        give(title_en="", title_ar="حر", original_language="ar"),
    ],
)
def test_what_changes_a_row_is_seen_at_once(deed: Callable[[Session], None]) -> None:
    session = make_session()
    before = read()
    assert read() == before

    deed(session)

    assert read() != before


def test_a_row_that_was_kept_says_by_the_clock_alone_that_it_is_on() -> None:
    session = make_session()
    moments = [session.starts_at - timedelta(minutes=1), session.starts_at, session.ends_at]

    said = []
    for moment in moments:
        with time_machine.travel(moment):
            said.append("Live now" in read())

    assert said == [False, True, False]


def test_a_session_that_is_on_now_is_live_until_it_ends_or_is_cancelled() -> None:
    session = make_session(starts_at=timezone.now() - timedelta(minutes=20))
    assert "Live now" in read()

    cancel(session)

    assert "Live now" not in read()


def test_a_row_that_one_reader_rendered_tells_another_his_own_time() -> None:
    make_session()
    client = Client()
    client.force_login(make_member("Cai", timezone="America/Guayaquil"))
    hers = read(client=client)

    assert "GMT−5" in hers
    assert "UTC" in read()
    assert read(client=client) == hers


def test_a_row_speaks_the_language_of_its_page() -> None:
    make_session()

    assert read() != read("/ar/webinars/")


def test_lists_of_one_series_leave_its_name_out() -> None:
    make_session()

    assert '/webinars/frontline/"' in read()
    assert '/webinars/frontline/"' not in read("/webinars/frontline/")
