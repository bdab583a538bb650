"""The worker's threads."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from community.facts import worker
from community.facts.actions import action
from community.facts.leases import LEASES, claim
from community.facts.listeners import OURS, WORLD, listens
from community.facts.models import Delivery, Fact
from community.facts.worker import Worker, work_off
from community.members.models import Organisation
from tests.community.facts.news import (
    Broken,
    TeaMade,
    cups,
    tell,
    undone,
)

pytestmark = [pytest.mark.usefixtures("ears"), pytest.mark.django_db(transaction=True)]


def test_the_listener_in_our_database_runs_inside_one_action_and_the_one_to_the_world_in_none() -> None:
    inside: dict[str, bool] = {}

    @listens(TeaMade, lane=OURS)
    def ours(fact: Fact) -> None:
        inside[OURS] = connection.in_atomic_block

    @listens(TeaMade, lane=WORLD)
    def world(fact: Fact) -> None:
        inside[WORLD] = connection.in_atomic_block

    tell(1)
    work_off()

    assert inside == {OURS: True, WORLD: False}


def test_a_call_that_hangs_is_left_behind_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LEASES, WORLD, timedelta(seconds=1))
    let_go, heard = threading.Event(), []

    @listens(TeaMade, lane=WORLD)
    def speak(fact: Fact) -> None:
        if fact.ids["pot_id"] == 1:
            let_go.wait(20)
        heard.append(fact.ids["pot_id"])

    tell(1, 2, 3)
    mailing = Worker(WORLD)
    for _ in range(3):
        mailing.work_once()
    heard_meanwhile = list(heard)
    let_go.set()
    mailing.helper.leave()

    assert heard_meanwhile == [2, 3]
    late = Delivery.objects.get(done_at=None)
    assert (late.attempts, late.error) == (1, "TookTooLong('no answer within 0.5 s')")


def test_a_worker_is_woken_by_the_commit_and_leaves_when_told() -> None:
    heard = threading.Event()
    listens(TeaMade)(lambda fact: heard.set())
    threads = worker.start_workers()
    time.sleep(0.1)

    tell(1)

    assert heard.wait(5)
    worker.stop_workers(threads, seconds=5)
    assert not any(thread.is_alive() for thread in threads)
    assert undone() == 0


def test_a_worker_outlives_a_database_that_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = threading.Event()
    listens(TeaMade)(lambda fact: heard.set())
    refusals = [Broken("the database is away"), Broken("the database is away")]

    def claim_or_refuse(lane: str) -> list[Delivery]:
        if refusals:
            raise refusals.pop()
        return claim(lane, limit=1)

    monkeypatch.setattr(worker, "claim_due", claim_or_refuse)
    thread = Worker(OURS)
    tell(1)

    thread.start()

    assert heard.wait(5)
    worker.stop_workers([thread], seconds=5)


def test_workers_side_by_side_carry_out_everything_exactly_once(together: Callable[..., list[BaseException]]) -> None:
    @listens(TeaMade)
    def serve(fact: Fact) -> None:
        Organisation.objects.create(slug=f"cup-{fact.ids['pot_id']}", name="cup")

    @action
    def tell_many() -> None:
        tell(*range(60))

    tell_many()

    raised = together(work_off, work_off, work_off)

    assert (raised, cups(), undone()) == ([], 60, 0)
    assert not transaction.get_connection().in_atomic_block
