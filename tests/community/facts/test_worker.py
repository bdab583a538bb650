from datetime import timedelta

import pytest
from django.utils import timezone

from community.facts.deliveries import carry_out_again, deliver
from community.facts.leases import PATIENCE
from community.facts.listeners import OURS, WORLD, listen_many, listens, listens_for_one
from community.facts.models import Delivery, Fact
from community.facts.queries import Standing, standings
from community.facts.tracing import begin_trace, request_id
from community.facts.worker import claim_due, work_off
from tests.community.facts.news import (
    Broken,
    TeaMade,
    TeaSpilt,
    cups,
    make_all_due,
    make_tea,
    serve_a_cup,
    tell,
    undone,
)

pytestmark = [pytest.mark.usefixtures("ears"), pytest.mark.django_db]
LANES = pytest.mark.parametrize("lane", [OURS, WORLD])


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
