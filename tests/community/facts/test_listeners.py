import pytest
from django.core.management import call_command
from django.utils import timezone

from community.facts.listeners import WORLD, fact_name, listen_many, listens, listens_for_one
from community.facts.models import Delivery, Fact
from tests.community.facts.news import TeaMade, TeaSpilt, tell

pytestmark = [pytest.mark.usefixtures("ears"), pytest.mark.django_db]
HERE = "tests.community.facts.test_listeners"


def hear(fact: Fact) -> None:
    """Something is done about it."""


def hear_many(facts: list[Fact]) -> None:
    """Something is done about them."""


def hear_for_one(fact: Fact, recipient_id: int) -> None:
    """Somebody is told."""


def test_a_fact_is_told_by_its_class_in_small_letters() -> None:
    assert fact_name(TeaMade) == "tea_made"


def test_two_listeners_of_one_name_are_refused() -> None:
    listens(TeaMade)(hear)

    with pytest.raises(ValueError, match="Two listeners"):
        listens(TeaSpilt)(hear)


def test_a_name_that_no_delivery_could_keep_is_refused_at_the_start() -> None:
    def listen(fact: Fact) -> None:
        """Never heard."""

    listen.__name__ = "listen" * 20

    with pytest.raises(ValueError, match="longer than"):
        listens(TeaMade)(listen)


def test_the_command_facts_says_who_listens_to_what(capsys: pytest.CaptureFixture[str]) -> None:
    listens(TeaMade, TeaSpilt)(hear)
    listen_many(TeaMade, lane=WORLD)(hear_many)
    listens_for_one(lane=WORLD)(hear_for_one)

    call_command("facts")

    printed = capsys.readouterr().out
    assert f"tea_made\n    {HERE}.hear (ours)\n    {HERE}.hear_many (world, in batches)\n" in printed
    assert f"tea_spilt\n    {HERE}.hear (ours)\n" in printed
    assert f"(one delivery a recipient)\n    {HERE}.hear_for_one (world)\n" in printed


def test_the_command_facts_counts_what_waits_and_what_is_parked(capsys: pytest.CaptureFixture[str]) -> None:
    listens(TeaMade)(hear)
    call_command("facts", "--status")
    before = capsys.readouterr().out
    tell(1, 2)
    parked = Delivery.objects.order_by("pk")[0]
    Delivery.objects.filter(pk=parked.pk).update(parked_at=timezone.now())

    call_command("facts", "--status")

    due_at = Delivery.objects.get(parked_at=None).due_at
    since = f"{due_at:%Y-%m-%d %H:%M:%S}Z"
    assert before == "Nothing waits, nothing is parked.\n"
    assert capsys.readouterr().out == f"{HERE}.hear (ours): 1 waiting since {since}, 0 for later, 1 parked\n"
