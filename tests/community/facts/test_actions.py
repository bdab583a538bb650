import pytest
from django.db import OperationalError, transaction

from community.facts.actions import Tell, action, record
from community.facts.models import Fact, Stream, StreamEntry
from community.facts.tracing import begin_trace
from community.members.models import Organisation
from tests.community.facts.news import TeaMade, TeaSpilt, make_tea, pots, tell


class Refused(Exception):
    pass


def entries() -> list[tuple[str, int, str, dict[str, int]]]:
    rows = StreamEntry.objects.select_related("fact").order_by("stream", "seq")
    return [(row.stream, row.seq, row.fact.name, row.fact.ids) for row in rows]


@pytest.mark.django_db
def test_a_fact_carries_ids_actor_time_and_request() -> None:
    begin_trace("request-1")

    @action
    def spill() -> None:
        record(TeaSpilt(pot_id=4), streams=["kitchen"], actor_id=7)

    spill()
    begin_trace("")

    fact = Fact.objects.get()
    assert (fact.name, fact.ids, fact.actor_id, fact.request_id) == ("tea_spilt", {"pot_id": 4}, 7, "request-1")


@pytest.mark.django_db
def test_a_fact_outside_an_action_is_refused() -> None:
    with pytest.raises(RuntimeError):
        record(TeaMade(pot_id=1), streams=["kitchen"])

    assert not Fact.objects.exists()


@pytest.mark.django_db
def test_after_an_action_that_failed_facts_are_refused_as_before() -> None:
    @action
    def fail() -> None:
        raise Refused

    with pytest.raises(Refused):
        fail()

    with pytest.raises(RuntimeError):
        record(TeaMade(pot_id=1))


@pytest.mark.django_db
def test_every_fact_has_a_number_on_each_of_its_streams() -> None:
    make_tea(1, streams=("kitchen", "house"))
    tell(2, 3, streams=("kitchen", "kitchen"))

    assert entries() == [
        ("house", 1, "tea_made", {"pot_id": 1}),
        ("kitchen", 1, "tea_made", {"pot_id": 1}),
        ("kitchen", 2, "tea_made", {"pot_id": 2}),
        ("kitchen", 3, "tea_made", {"pot_id": 3}),
    ]
    assert dict(Stream.objects.values_list("name", "head")) == {"house": 1, "kitchen": 3}


@pytest.mark.django_db
def test_a_rolled_back_savepoint_takes_its_facts_along() -> None:
    @action
    def make_two_and_break_one() -> None:
        make_tea(1)
        with pytest.raises(Refused), transaction.atomic():
            make_tea(2)
            raise Refused
        make_tea(3)

    make_two_and_break_one()

    assert pots() == ["pot-1", "pot-3"]
    assert [(seq, ids) for _, seq, _, ids in entries()] == [(1, {"pot_id": 1}), (2, {"pot_id": 3})]


@pytest.mark.django_db
def test_an_action_inside_another_joins_it() -> None:
    @action
    def make_tea_and_fail() -> None:
        make_tea(1)
        raise Refused

    with pytest.raises(Refused):
        make_tea_and_fail()

    assert (pots(), entries()) == ([], [])


@pytest.mark.django_db
def test_a_nested_action_may_fail_and_the_outer_go_on() -> None:
    @action
    def spill() -> None:
        record(TeaSpilt(pot_id=1), streams=["kitchen"])
        raise Refused

    @action
    def make_tea_anyway() -> None:
        with pytest.raises(Refused):
            spill()
        make_tea(1)

    make_tea_anyway()

    assert entries() == [("kitchen", 1, "tea_made", {"pot_id": 1})]


@pytest.mark.django_db
def test_an_action_without_facts_steps_no_stream() -> None:
    @action
    def write() -> None:
        Organisation.objects.create(slug="pot", name="empty")

    write()

    assert (pots(), entries()) == (["pot"], [])


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_after_the_commit_with_every_head(bells: list[Tell]) -> None:
    rung: list[tuple[dict[str, int], list[str]]] = []

    def bell(heads: dict[str, int]) -> None:
        rung.append((heads, pots() if not transaction.get_connection().in_atomic_block else ["not committed"]))

    bells.append(bell)

    make_tea(1, streams=("house", "kitchen"))

    assert rung == [({"house": 1, "kitchen": 1}, ["pot-1"])]


@pytest.mark.django_db(transaction=True)
def test_a_broken_bell_breaks_no_action(bells: list[Tell]) -> None:
    def broken(heads: dict[str, int]) -> None:
        raise Refused

    bells.append(broken)

    make_tea(1)

    assert pots() == ["pot-1"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("losses", [1, 2])
def test_a_lost_race_for_the_lock_is_tried_again_from_the_start(losses: int) -> None:
    left = [losses]

    @action
    def make_tea_in_a_crowd() -> None:
        make_tea(1)
        if left[0]:
            left[0] -= 1
            raise OperationalError("database is locked")

    make_tea_in_a_crowd()

    assert pots() == ["pot-1"]
    assert entries() == [("kitchen", 1, "tea_made", {"pot_id": 1})]


@pytest.mark.django_db(transaction=True)
def test_after_three_lost_races_the_caller_is_told() -> None:
    tries = []

    @action
    def lose() -> None:
        tries.append(1)
        raise OperationalError("database is locked")

    with pytest.raises(OperationalError):
        lose()

    assert len(tries) == 3


@pytest.mark.django_db(transaction=True)
def test_another_trouble_with_the_database_is_not_tried_again() -> None:
    tries = []

    @action
    def fail() -> None:
        tries.append(1)
        raise OperationalError("disk I/O error")

    with pytest.raises(OperationalError):
        fail()

    assert len(tries) == 1
