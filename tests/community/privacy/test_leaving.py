"""To leave is her own wish, to be suspended an administrator's decision: neither undoes the other."""

from datetime import timedelta
from itertools import permutations

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.facts.models import Fact
from community.mail.models import Mail
from community.members.actions import let_back_in, suspend
from community.members.models import Member
from community.members.rulings import NotAllowed
from community.privacy.actions import ask_to_leave, carry_out, stay_after_all
from community.privacy.keys import stay_key
from community.privacy.models import Departure
from tests.factories.deliveries import deliver_all
from tests.factories.members import make_administrator, make_member

pytestmark = pytest.mark.django_db(transaction=True)

DEEDS = {
    "leaves": lambda ana, eve: ask_to_leave(ana),
    "stays": lambda ana, eve: [stay_after_all(departure) for departure in Departure.objects.filter(member=ana)],
    "is suspended": lambda ana, eve: suspend(ana, by=eve),
    "is let back in": lambda ana, eve: let_back_in(ana, by=eve),
}
ORDERS = [order for length in (2, 4) for order in permutations(DEEDS, length)]


def ends(order: tuple[str, ...], deed: str, inverse: str) -> bool:
    """Whether the deed was the last of the two."""
    last = [done for done in order if done in (deed, inverse)]
    return last[-1:] == [deed]


def test_whatever_comes_first_leaving_and_suspension_end_by_their_own_inverse_alone():
    eve = make_administrator()
    members = {order: make_member(f"Ana {number}") for number, order in enumerate(ORDERS)}
    for order, ana in members.items():
        for deed in order:
            DEEDS[deed](ana, eve)

    found = {order: Member.objects.get(pk=ana.pk) for order, ana in members.items()}
    leaving = {order: ends(order, "leaves", "stays") for order in ORDERS}
    suspended = {order: ends(order, "is suspended", "is let back in") for order in ORDERS}
    assert {order: ana.is_leaving for order, ana in found.items()} == leaving
    assert {order: Departure.objects.filter(member=ana).exists() for order, ana in found.items()} == leaving
    assert {order: ana.is_suspended for order, ana in found.items()} == suspended
    assert {order: not ana.is_active for order, ana in found.items()} == {
        order: leaving[order] or suspended[order] for order in ORDERS
    }
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        deliver_all()
    assert {order: not Member.objects.filter(pk=ana.pk).exists() for order, ana in found.items()} == leaving


def test_who_is_let_back_in_while_she_leaves_is_not_shown_and_is_told_of_to_nobody():
    ana, eve = make_member("Ana"), make_administrator()
    ask_to_leave(ana)
    suspend(ana, by=eve)

    let_back_in(ana, by=eve)

    assert not Member.objects.get(pk=ana.pk).is_active
    told = Fact.objects.filter(name__in=["member_closed_out", "member_let_back_in"]).order_by("pk")
    assert [fact.name for fact in told] == ["member_closed_out"]


def test_the_link_in_the_mail_undoes_no_suspension(client):
    ana, eve = make_member("Ana"), make_administrator()
    departure = ask_to_leave(ana)
    suspend(ana, by=eve)

    page = client.post(reverse("privacy:stay", args=[stay_key(departure.pk)]), follow=True).content.decode()

    assert "It is suspended, as before." in page and "Welcome back" not in page
    ana.refresh_from_db()
    assert (ana.is_leaving, ana.is_suspended, ana.is_active) == (False, True, False)
    assert not Departure.objects.exists()


def test_asking_twice_is_asking_once():
    ana = make_member("Ana")

    departures = {ask_to_leave(ana).pk, ask_to_leave(ana).pk}

    assert departures == set(Departure.objects.values_list("pk", flat=True))
    assert Mail.objects.filter(kind="leaving").count() == 1


def test_the_day_erases_nobody_who_has_thought_again_since_the_worker_looked():
    ana = make_member("Ana")
    departure = ask_to_leave(ana)
    stay_after_all(departure)

    with time_machine.travel(timezone.now() + timedelta(days=8)):
        carry_out(departure)

    assert Member.objects.filter(pk=ana.pk).exists()


def test_of_two_administrators_one_stays():
    eve, eva = make_administrator("Eve"), make_administrator("Eva")
    ask_to_leave(eve)

    with pytest.raises(NotAllowed):
        ask_to_leave(eva)


@pytest.mark.parametrize("state", ["is_suspended", "is_leaving"])
def test_the_database_knows_nobody_active_who_leaves_or_is_suspended(state):
    ana = make_member("Ana")

    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=ana.pk).update(**{state: True})
