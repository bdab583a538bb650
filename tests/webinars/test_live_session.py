"""An open page of a session hears of what changes on it, where its reader may see it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community.live.streams import audience_of, changes
from community.programmes.models import Programme
from tests.factories.members import make_city, make_member, make_organiser
from tests.factories.webinars import make_draft, make_open_session, make_registration, make_session
from webinars.actions import cancel_session, move_session, show_session
from webinars.choices import Visibility
from webinars.facts import session_stream
from webinars.models import Session
from webinars.queries.watchers import classes_in_session
from webinars.rules import can_see_session

pytestmark = pytest.mark.django_db
PAGE = "/webinars/frontline/heat/"


def seq(client: Client, address: str = PAGE) -> int:
    page = client.get(address).content.decode()
    return int(page.split('data-stream="session:')[1].split('data-seq="')[1].split('"')[0])


def told(client: Client, since: int, address: str = PAGE) -> dict[str, Any]:
    answer = client.get(f"{address}changes?since={since}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_a_page_asks_for_itself_afresh_after_each_change_and_not_otherwise(client: Client) -> None:
    session = make_open_session()
    deeds = (
        lambda: move_session(session.pk, starts_local="2031-01-01T10:00"),
        lambda: make_registration(session),
        lambda: cancel_session(session.pk),
    )

    for deed in deeds:
        before = seq(client)
        assert told(client, before)["things"] == []
        deed()
        assert told(client, before)["reset"] == session_stream(session.pk)
        assert seq(client) > before


def test_another_session_is_no_news() -> None:
    session, other = make_session(), make_session("waste")
    before = seq(Client())

    cancel_session(other.pk)

    assert changes(session_stream(session.pk), before, "en", "reader")["things"] == []


@pytest.mark.parametrize("visibility", list(Visibility))
def test_whoever_may_see_it_may_watch_it_and_nobody_else(visibility: Visibility) -> None:
    city, programme = make_city("quito"), Programme.objects.create(slug="recap21", title="RECAP21")
    programme.cities.add(city)
    session = make_session(visibility=visibility, programme_id=programme.pk)
    of_city = make_member("Ana", city=city, city_confirmed_at=timezone.now())
    people = [of_city, make_member("Dee"), make_organiser()]
    gone = make_member("Cai", is_active=False)

    classes = classes_in_session(session.pk, [None, *(each.pk for each in people), gone.pk, 999_999])

    for each in people:
        assert bool(classes[each.pk]) is can_see_session(each, session), each
    assert classes[of_city.pk] == (None if visibility == Visibility.DRAFT else "reader")
    assert classes[gone.pk] is None and classes[999_999] is None
    assert bool(classes[None]) is (visibility == Visibility.PUBLIC)


def test_a_draft_and_what_is_not_there_answer_the_same(client: Client) -> None:
    make_draft()

    for address in (PAGE, "/webinars/frontline/nothing/"):
        assert client.get(f"{address}changes?since=0").status_code == 404
    assert audience_of("session:999999", None) is None


def test_who_may_see_it_no_more_is_told_that_there_is_nothing(client: Client) -> None:
    session = make_session()
    before = seq(client)

    show_session(session.pk, to=Visibility.MEMBERS)

    assert client.get(f"{PAGE}changes?since={before}").status_code == 404
    assert audience_of(session_stream(session.pk), None) is None
    assert audience_of(session_stream(session.pk), make_member("Ana").pk) == "reader"


def test_a_page_is_never_older_than_its_number(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """What changes between the number and the rows is news to it."""
    session = make_session()
    from webinars.views import schedule as views

    was = views.get_session

    def meanwhile(*args: Any) -> Session:
        move_session(session.pk, starts_local="2031-01-01T10:00")
        return was(*args)

    monkeypatch.setattr(views, "get_session", meanwhile)
    before = seq(client)

    assert told(client, before)["reset"] == session_stream(session.pk)
