import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from community.facts import worker
from community.facts.actions import action
from community.facts.deliveries import carry_out_again, deliver
from community.facts.leases import LEASE, PATIENCE, claim, free_all_leases, release
from community.facts.listeners import OURS, WORLD, listen_many, listens, listens_for_one
from community.facts.models import Delivery, Fact
from community.facts.queries import Standing, standings
from community.facts.tracing import begin_trace, request_id
from community.facts.worker import Worker, carry_out, claim_due, shares, work_off
from community.members.models import Organisation
from tests.community.facts.news import TeaMade, TeaSpilt, make_tea, tell

pytestmark = [pytest.mark.usefixtures("ears"), pytest.mark.django_db]
LANES = pytest.mark.parametrize("lane", [OURS, WORLD])


class Broken(Exception):
    pass


def directly(function: Callable[[], None]) -> None:
    function()


def make_all_due() -> None:
    Delivery.objects.filter(done_at=None, parked_at=None).update(due_at=timezone.now())


def undone() -> int:
    return Delivery.objects.filter(done_at=None).count()


def serve_a_cup(name: str) -> None:
    Organisation.objects.create(slug=f"cup-{name}-{Organisation.objects.count()}", name="cup")


def cups() -> int:
    return Organisation.objects.filter(name="cup").count()


@LANES
def test_each_listener_hears_each_of_its_facts_once(lane: str) -> None:
    heard: list[tuple[str, int]] = []
    listens(TeaMade, lane=lane)(lambda fact: heard.append(("first", fact.ids["pot_id"])))

    @listens(TeaMade, TeaSpilt, lane=lane)
    def second(fact: Fact) -> None:
        heard.append(("second", fact.ids["pot_id"]))

    tell(1, 2)
    work_off()
    work_off()

    assert sorted(heard) == [("first", 1), ("first", 2), ("second", 1), ("second", 2)]
    assert undone() == 0


def test_a_listener_is_not_told_what_it_does_not_listen_to() -> None:
    listens(TeaSpilt)(lambda fact: pytest.fail("tea was made, not spilt"))

    tell(1)

    assert work_off() == 0


@LANES
def test_a_fact_for_later_is_not_taken_early(lane: str) -> None:
    heard: list[int] = []
    listens(TeaMade, lane=lane)(lambda fact: heard.append(fact.ids["pot_id"]))

    make_tea(1, due_at=timezone.now() + timedelta(days=3))
    make_tea(2)
    work_off()

    assert heard == [2]

    make_all_due()
    work_off()

    assert heard == [2, 1]


def test_a_database_listener_that_fails_writes_nothing_and_is_put_back() -> None:
    @listens(TeaMade)
    def serve(fact: Fact) -> None:
        serve_a_cup("a")
        raise Broken("no milk")

    tell(1)
    work_off()

    delivery = Delivery.objects.get()
    assert (cups(), delivery.attempts, delivery.error, delivery.parked_at) == (0, 1, "Broken('no milk')", None)


@LANES
def test_each_failure_doubles_the_wait_up_to_an_hour_then_the_delivery_is_parked(lane: str) -> None:
    @listens(TeaMade, lane=lane)
    def fail(fact: Fact) -> None:
        raise Broken

    tell(1)
    waits = []
    for _ in range(PATIENCE[lane]):
        make_all_due()
        work_off()
        waits.append(round((Delivery.objects.get().due_at - timezone.now()).total_seconds()))
    make_all_due()

    assert waits == [min(2**attempt, 3600) for attempt in range(1, PATIENCE[lane] + 1)]
    assert Delivery.objects.get().parked_at
    assert work_off() == 0


@LANES
def test_a_parked_delivery_that_is_carried_out_again_has_all_its_chances(lane: str) -> None:
    broken = [True]
    heard: list[int] = []

    @listens(TeaMade, lane=lane)
    def hear(fact: Fact) -> None:
        if broken[0]:
            raise Broken
        heard.append(fact.ids["pot_id"])

    tell(1, 2)
    Delivery.objects.update(attempts=PATIENCE[lane] - 1)
    work_off()
    parked = Delivery.objects.filter(parked_at__isnull=False)
    assert parked.count() == 2

    broken[0] = False
    count = carry_out_again([parked[0].pk])
    work_off()

    assert (count, len(heard), parked.count()) == (1, 1, 1)


def test_what_is_done_or_waits_is_not_carried_out_again() -> None:
    listens(TeaMade)(lambda fact: None)
    tell(1)
    work_off()
    tell(2)

    assert carry_out_again(Delivery.objects.values_list("pk", flat=True)) == 0


def test_a_delivery_whose_listener_is_gone_is_parked_and_stops_nobody() -> None:
    heard: list[int] = []
    listens(TeaMade)(lambda fact: heard.append(fact.ids["pot_id"]))
    tell(1)
    Delivery.objects.update(listener="rooms.listeners.renamed")
    tell(2)

    work_off()

    assert heard == [2]
    assert [row.listener for row in Delivery.objects.filter(parked_at__isnull=False)] == ["rooms.listeners.renamed"]


def test_one_delivery_a_recipient_and_one_failing_recipient_holds_up_no_other() -> None:
    heard: list[tuple[int, int]] = []

    @listens_for_one(lane=WORLD)
    def mail(fact: Fact, recipient_id: int) -> None:
        if recipient_id == 8:
            raise Broken
        heard.append((fact.ids["pot_id"], recipient_id))

    @listens(TeaMade)
    def tell_all(fact: Fact) -> None:
        deliver(fact, mail, to=[9, 7, 8, 7])

    tell(1)
    work_off()

    assert heard == [(1, 7), (1, 9)]
    assert [row.recipient_id for row in Delivery.objects.filter(done_at=None)] == [8]


def test_a_delivery_to_a_recipient_may_wait_for_its_day() -> None:
    heard: list[int] = []

    @listens_for_one()
    def remind(fact: Fact, recipient_id: int) -> None:
        heard.append(recipient_id)

    @listens(TeaMade)
    def tell_all(fact: Fact) -> None:
        deliver(fact, remind, to=[7], due_at=timezone.now() + timedelta(days=1))

    tell(1)
    work_off()

    assert (heard, undone()) == ([], 1)


@LANES
def test_a_batch_listener_hears_many_facts_at_once(lane: str) -> None:
    heard: list[list[int]] = []

    @listen_many(TeaMade, lane=lane)
    def index(facts: list[Fact]) -> None:
        heard.append([fact.ids["pot_id"] for fact in facts])

    tell(*range(1, 24))
    work_off()

    assert heard == [list(range(1, 21)), [21, 22, 23]]
    assert undone() == 0


@LANES
def test_after_a_batch_failed_each_fact_is_tried_alone_so_one_bad_fact_spoils_only_itself(lane: str) -> None:
    heard: list[list[int]] = []

    @listen_many(TeaMade, lane=lane)
    def index(facts: list[Fact]) -> None:
        ids = [fact.ids["pot_id"] for fact in facts]
        if 2 in ids:
            raise Broken
        heard.append(ids)

    tell(1, 2, 3)
    work_off()
    make_all_due()
    work_off()

    assert heard == [[1], [3]]
    assert undone() == 1


def test_the_world_is_spoken_to_one_delivery_at_a_time_and_our_database_by_twenties() -> None:
    @listens(TeaMade, lane=OURS)
    def write(fact: Fact) -> None:
        """Something in our database."""

    @listens(TeaMade, lane=WORLD)
    def mail(fact: Fact) -> None:
        """Something elsewhere."""

    tell(*range(30))

    assert (len(claim_due(OURS)), len(claim_due(WORLD))) == (20, 1)


def test_what_one_worker_claimed_no_other_takes_until_the_lease_lapses() -> None:
    listens(TeaMade)(lambda fact: None)
    tell(1)

    first, second = claim(OURS, limit=20), claim(OURS, limit=20)

    assert (len(first), len(second)) == (1, 0)
    assert abs((Delivery.objects.get().due_at - timezone.now() - LEASE).total_seconds()) < 5


def test_looking_for_work_where_none_is_writes_nothing(django_assert_num_queries: Callable[..., object]) -> None:
    with django_assert_num_queries(1):
        claim_due(OURS)


@pytest.mark.parametrize("takes_many", [True, False])
def test_a_worker_slower_than_its_lease_has_no_effect_beside_the_one_that_took_over(takes_many: bool) -> None:
    if takes_many:
        listen_many(TeaMade)(lambda facts: serve_a_cup("many"))
    else:
        listens(TeaMade)(lambda fact: serve_a_cup("one"))
    tell(1)
    [slow] = shares(claim_due(OURS))
    make_all_due()  # its lease lapsed
    [quick] = shares(claim_due(OURS))

    carry_out(slow, call=directly)
    assert (cups(), undone()) == (0, 1)

    carry_out(quick, call=directly)
    carry_out(slow, call=directly)
    assert (cups(), undone()) == (1, 0)


def test_a_slow_worker_that_fails_does_not_disturb_the_one_that_took_over() -> None:
    @listens(TeaMade, lane=WORLD)
    def fail(fact: Fact) -> None:
        raise Broken

    tell(1)
    slow = claim_due(WORLD)
    make_all_due()
    claim_due(WORLD)
    before = Delivery.objects.values().get()

    carry_out(slow, call=directly)

    assert Delivery.objects.values().get() == before


def test_a_worker_that_stops_gives_back_what_it_has_not_begun() -> None:
    heard: list[int] = []
    listens(TeaMade)(lambda fact: (heard.append(fact.ids["pot_id"]), stopping.stop()))
    stopping = Worker(OURS)
    tell(1, 2, 3)

    stopping.work_once()

    assert heard == [1]
    assert list(
        Delivery.objects.filter(done_at=None, due_at__lte=timezone.now()).values_list("attempts", flat=True)
    ) == [0, 0]


def test_leases_of_the_dead_are_freed_but_neither_reminders_nor_long_waits() -> None:
    listens(TeaMade)(lambda fact: None)
    tell(1, 2, 3)
    dead, reminder, failed = Delivery.objects.order_by("pk")
    now = timezone.now()
    Delivery.objects.filter(pk=dead.pk).update(attempts=1, due_at=now + LEASE)
    Delivery.objects.filter(pk=reminder.pk).update(due_at=now + timedelta(seconds=30))
    Delivery.objects.filter(pk=failed.pk).update(attempts=7, due_at=now + timedelta(minutes=2))

    free_all_leases()

    assert [delivery.pk for delivery in claim(OURS, limit=20)] == [dead.pk]


def test_released_deliveries_are_due_at_once() -> None:
    listens(TeaMade)(lambda fact: None)
    tell(1)
    [claimed] = claim(OURS, limit=1)

    release(claimed)

    assert [delivery.attempts for delivery in claim(OURS, limit=1)] == [1]


@LANES
def test_the_request_that_told_a_fact_is_the_trace_of_whoever_hears_it(lane: str) -> None:
    traces: list[str] = []
    listens(TeaMade, lane=lane)(lambda fact: traces.append(request_id()))
    begin_trace("request-1")
    tell(1)
    begin_trace("")

    work_off()

    assert (traces, request_id()) == (["request-1"], "")


def test_standings_tell_what_waits_what_is_for_later_and_what_is_parked() -> None:
    listens(TeaMade, lane=WORLD)(lambda fact: None)
    tell(1, 2, 3, 4)
    first, second, third, _ = Delivery.objects.order_by("pk")
    Delivery.objects.filter(pk=first.pk).update(parked_at=timezone.now())
    Delivery.objects.filter(pk=second.pk).update(due_at=timezone.now() + timedelta(days=1))
    Delivery.objects.filter(pk=third.pk).update(done_at=timezone.now())

    [standing] = standings()

    oldest = Delivery.objects.order_by("pk").last()
    assert oldest
    assert standing == Standing(first.listener, WORLD, waiting=1, later=1, parked=1, oldest_due_at=oldest.due_at)


@pytest.mark.django_db(transaction=True)
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


@pytest.mark.django_db(transaction=True)
def test_a_call_that_hangs_is_left_behind_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "TIME_LIMIT_SECONDS", 0.2)
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
    assert (late.attempts, late.error) == (1, "TookTooLong('no answer within 0.2 s')")


@pytest.mark.django_db(transaction=True)
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


@pytest.mark.django_db(transaction=True)
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


@pytest.mark.django_db(transaction=True)
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
