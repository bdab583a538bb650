from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from community.facts import care
from community.facts.care import beat, clear_a_slice, stop_beating
from community.facts.listeners import OURS, listens
from community.facts.models import Delivery, Fact, Heartbeat, Stream, StreamEntry
from community.facts.queries import last_heartbeat
from community.facts.worker import Worker, work_off
from tests.community.facts.news import TeaMade, tell

pytestmark = [pytest.mark.usefixtures("ears"), pytest.mark.django_db]


def long_ago() -> datetime:
    return timezone.now() - timedelta(days=31)


def clear_all() -> None:
    while clear_a_slice():
        pass


def test_what_is_older_than_thirty_days_and_heard_is_cleared_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(care, "SLICE", 2)
    listens(TeaMade)(lambda fact: None)
    tell(1, 2, 3, 4, 5, streams=("kitchen", "house"))
    work_off()
    Fact.objects.update(at=long_ago())
    tell(6, streams=("kitchen",))

    clear_all()

    assert [fact.ids for fact in Fact.objects.all()] == [{"pot_id": 6}]
    assert [(entry.stream, entry.seq) for entry in StreamEntry.objects.all()] == [("kitchen", 6)]
    assert Delivery.objects.count() == 1
    assert dict(Stream.objects.values_list("name", "head")) == {"kitchen": 6, "house": 5}


def test_an_old_fact_stays_while_a_reminder_of_it_waits_or_is_parked() -> None:
    listens(TeaMade)(lambda fact: None)
    tell(1, 2, 3)
    Fact.objects.update(at=long_ago())
    reminder, parked, done = Delivery.objects.order_by("pk")
    Delivery.objects.filter(pk=reminder.pk).update(due_at=timezone.now() + timedelta(days=1))
    Delivery.objects.filter(pk=parked.pk).update(parked_at=timezone.now())
    Delivery.objects.filter(pk=done.pk).update(done_at=timezone.now())

    clear_all()

    assert sorted(fact.ids["pot_id"] for fact in Fact.objects.all()) == [1, 2]
    assert Delivery.objects.filter(done_at=None).count() == 2


def test_a_worker_shows_that_it_lives_in_one_row(django_assert_num_queries: pytest.Function) -> None:
    beat("machine:1:ours")
    Heartbeat.objects.update(seen_at=long_ago())

    with django_assert_num_queries(1):
        beat("machine:1:ours")

    last = last_heartbeat()
    assert last
    assert timezone.now() - last < timedelta(seconds=5)
    stop_beating("machine:1:ours")
    assert last_heartbeat() is None


def test_heartbeats_of_killed_workers_are_forgotten() -> None:
    beat("machine:1:ours")
    Heartbeat.objects.update(seen_at=timezone.now() - timedelta(hours=2))

    Worker(OURS).work_once()

    assert not Heartbeat.objects.filter(worker="machine:1:ours").exists()


def test_a_worker_beats_every_few_seconds_and_not_at_every_look() -> None:
    worker = Worker(OURS)
    worker.work_once()
    Heartbeat.objects.update(seen_at=long_ago())

    worker.work_once()
    assert last_heartbeat() == Heartbeat.objects.get().seen_at < timezone.now() - timedelta(days=1)

    worker.beat_due = 0.0
    worker.work_once()
    assert Heartbeat.objects.get().seen_at > timezone.now() - timedelta(seconds=5)


def test_a_worker_clears_one_slice_a_look_until_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(care, "SLICE", 1)
    tell(1, 2)
    Fact.objects.update(at=long_ago())
    worker = Worker(OURS)

    left = []
    for _ in range(4):
        worker.work_once()
        left.append((Fact.objects.count(), worker.clear_due > 0))

    assert left == [(1, False), (0, False), (0, True), (0, True)]
