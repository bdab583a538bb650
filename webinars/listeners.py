"""Tells those who come. Deliveries may come late, twice or out of order: each reads what is so now."""

from community.facts.deliveries import deliver
from community.facts.listeners import listens, listens_for_one
from community.facts.models import Fact
from webinars.actions import answer_asking, fill_seats, forget_asking, lapse_offer, remind, tell_of_change
from webinars.actions.reminding import CHANGED, REMINDED, is_time_to_remind
from webinars.facts import AskingForgotten, OfferDue, RegistrationAsked, SessionNears, SessionRestored
from webinars.models import Registration, Session, State
from webinars.queries.seats import LIVE


@listens(RegistrationAsked)
def answer(fact: Fact) -> None:
    answer_asking(fact.ids["registration_id"])


@listens(AskingForgotten)
def forget(fact: Fact) -> None:
    forget_asking(fact.ids["registration_id"])


@listens(OfferDue)
def pass_seat_on(fact: Fact) -> None:
    lapse_offer(fact.ids["registration_id"])


@listens(SessionRestored)
def offer_what_is_free(fact: Fact) -> None:
    """Seats that came free while it was cancelled."""
    fill_seats(fact.ids["session_id"])


@listens(*CHANGED)
def tell_attendees(fact: Fact) -> None:
    """One delivery each: a bad address stops nobody else's mail."""
    coming = Registration.objects.filter(session=fact.ids["session_id"], state__in=LIVE)
    deliver(fact, tell_attendee, to=coming.values_list("pk", flat=True))


@listens_for_one()
def tell_attendee(fact: Fact, registration_id: int) -> None:
    tell_of_change(registration_id, change=fact.name)


@listens(SessionNears)
def remind_attendees(fact: Fact) -> None:
    sequence, hours = fact.ids["sequence"], fact.ids["hours"]
    session = Session.objects.filter(pk=fact.ids["session_id"]).first()
    if session is None or not is_time_to_remind(session, sequence, hours):
        return
    wanted, _ = REMINDED[hours]
    coming = Registration.objects.filter(session=session, state=State.REGISTERED, **{wanted: True})
    deliver(fact, remind_attendee, to=coming.values_list("pk", flat=True))


@listens_for_one()
def remind_attendee(fact: Fact, registration_id: int) -> None:
    remind(registration_id, sequence=fact.ids["sequence"], hours=fact.ids["hours"])
