"""Sessions are published and moved."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from community.facts.models import Fact, StreamEntry
from tests.factories.members import make_organiser
from tests.factories.webinars import make_series, make_session, make_speaker
from webinars.actions import move_session
from webinars.models import Session
from webinars.plans import instant

pytestmark = pytest.mark.django_db(transaction=True)


def told() -> list[tuple[str, int]]:
    """Names of the facts on the schedule's stream with their numbers."""
    entries = StreamEntry.objects.filter(stream="schedule").order_by("seq").select_related("fact")
    return [(entry.fact.name, entry.seq) for entry in entries]


def test_a_published_session_is_told_on_the_schedule() -> None:
    session = make_session(speakers=(make_speaker("Mayor"), make_speaker("Planner")))

    assert told() == [("series_published", 1), ("session_published", 2)]
    assert Fact.objects.get(name="session_published").ids == {"session_id": session.pk, "series_id": session.series_id}
    assert list(session.speakers.values_list("position", "role")) == [(1, "Mayor"), (2, "Planner")]


def test_local_time_in_a_zone_becomes_an_instant_in_winter_and_summer() -> None:
    assert instant("2020-12-10T08:00", "America/New_York") == datetime(2020, 12, 10, 13, tzinfo=UTC)
    assert instant("2021-05-27T09:00", "America/New_York") == datetime(2021, 5, 27, 13, tzinfo=UTC)


def test_a_moved_session_keeps_its_length_and_is_told() -> None:
    session = make_session(starts_local="2026-11-24T15:00", timezone="America/Bogota", minutes=90)
    bo = make_organiser()

    moved = move_session(session.pk, starts_local="2026-12-01T15:00", by=bo)

    assert moved.starts_at == datetime(2026, 12, 1, 20, tzinfo=UTC)
    assert moved.ends_at - moved.starts_at == timedelta(minutes=90)
    assert moved.version == session.version + 1
    assert told()[-1] == ("session_moved", 3)
    assert Fact.objects.get(name="session_moved").actor_id == bo.pk


def test_a_session_moved_to_where_it_stands_is_not_told() -> None:
    session = make_session()

    move_session(session.pk, starts_local=session.starts_local)

    assert [name for name, _ in told()] == ["series_published", "session_published"]
    assert Session.objects.get().version == 1


def test_an_address_of_a_series_is_taken_once() -> None:
    series = make_series()
    make_session("heat", series=series)

    with pytest.raises(IntegrityError):
        make_session("heat", series=series)

    assert Session.objects.count() == 1
    assert len(told()) == 2
