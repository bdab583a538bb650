from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from community.facts.leases import LEASE, claim, free_all_leases, lease_of, release
from community.facts.listeners import HEAVY, OURS, WORLD, listen_many, listens
from community.facts.models import Delivery, Fact
from community.facts.worker import Worker, carry_out, claim_due, shares
from tests.community.facts.news import Broken, TeaMade, cups, make_all_due, serve_a_cup, tell, undone

pytestmark = [pytest.mark.usefixtures("ears"), pytest.mark.django_db]


def directly(function: Callable[[], None]) -> None:
    function()


def test_what_one_worker_claimed_no_other_takes_until_the_lease_lapses() -> None:
    listens(TeaMade)(lambda fact: None)
    tell(1)

    first, second = claim(OURS, limit=20), claim(OURS, limit=20)

    assert (len(first), len(second)) == (1, 0)
    assert abs((Delivery.objects.get().due_at - timezone.now() - LEASE).total_seconds()) < 5


def test_what_is_heavy_is_ours_for_longer() -> None:
    listens(TeaMade, lane=HEAVY)(lambda fact: None)
    tell(1)

    claim(HEAVY, limit=1)

    left = Delivery.objects.get().due_at - timezone.now()
    assert abs((left - lease_of(HEAVY)).total_seconds()) < 5
    assert lease_of(HEAVY) > lease_of(OURS) == LEASE


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
