"""Many at once for the last seats: real threads, each with a connection of its own."""

from collections.abc import Callable
from functools import partial

import pytest

from community.facts.models import Delivery
from community.mail.models import Mail
from tests.factories.members import make_member
from tests.factories.webinars import make_asking, make_open_session, make_registration
from webinars.actions import accept_offer, cancel_registration, confirm_registration, lapse_offer, register
from webinars.models import Registration, State
from webinars.queries import place_in_line, seats_of

pytestmark = pytest.mark.django_db(transaction=True)
Together = Callable[..., list[BaseException]]


def test_of_twenty_at_once_for_the_last_seat_one_has_it_and_nineteen_wait_in_order(together: Together) -> None:
    session = make_open_session(capacity=1)
    asked = [make_asking(session, f"guest-{number}@cities.example") for number in range(10)]
    members = [make_member(f"Member {number}") for number in range(10)]

    raised = together(
        *(partial(confirm_registration, each.pk) for each in asked),
        *(partial(register, session.pk, by=member) for member in members),
    )

    assert raised == []
    came = Registration.objects.order_by("position")
    assert [each.position for each in came] == list(range(1, 21))
    assert [each.state for each in came] == [State.REGISTERED] + [State.WAITING] * 19
    assert [place_in_line(each) for each in came[1:]] == list(range(1, 20))
    assert Mail.objects.filter(subject="You are registered: Heat").count() == 1
    assert Mail.objects.filter(subject="You are on the waiting list: Heat").count() == 19


def test_one_person_at_once_from_many_windows_is_registered_once(together: Together) -> None:
    session, ana = make_open_session(capacity=5), make_member("Ana")
    asked = [make_asking(session, ana.email) for _ in range(3)]

    raised = together(
        *(partial(confirm_registration, each.pk) for each in asked),
        *(partial(register, session.pk, by=ana) for _ in range(3)),
    )

    assert raised == []
    assert Registration.objects.exclude(state=State.ASKED).count() == seats_of(session.pk).taken == 1
    assert Mail.objects.filter(subject="You are registered: Heat").count() == 1


def test_a_seat_is_never_given_twice_while_it_changes_hands(together: Together) -> None:
    session = make_open_session(capacity=2)
    came = [make_registration(session, f"guest-{number}@cities.example") for number in range(8)]
    cancel_registration(came[0].pk)

    raised = together(
        partial(accept_offer, came[2].pk),
        partial(cancel_registration, came[1].pk),
        partial(cancel_registration, came[3].pk),
        partial(lapse_offer, came[4].pk),
        partial(make_registration, session, "late@cities.example"),
    )

    assert raised == []
    states = list(Registration.objects.order_by("position").values_list("state", flat=True))
    assert states[2] == State.REGISTERED
    assert states.count(State.REGISTERED) + states.count(State.OFFERED) == 2
    assert Registration.objects.get(email="late@cities.example").state == State.WAITING
    offers = Registration.objects.filter(state=State.OFFERED).count()
    assert Delivery.objects.filter(listener="webinars.listeners.pass_seat_on").count() >= offers
