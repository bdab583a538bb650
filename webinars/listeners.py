"""Tells those who come and those who speak, and forgets who is too late.

Deliveries may come late, twice or out of order: each reads what is so now.
"""

from community.facts.actions import record
from community.facts.listeners import listens
from community.facts.models import Fact
from webinars.actions import (
    address_message,
    answer_asking,
    fill_seats,
    forget_asking,
    forget_unconfirmed_proposal,
    lapse_offer,
    open_discussion,
    remind,
    send_message,
    tell_of_change,
    tell_speaker,
)
from webinars.actions.reminding import CHANGED, REMINDED, is_time_to_remind
from webinars.facts import (
    OF_SPEAKERS,
    AskingForgotten,
    ChangeToTell,
    DiscussionDue,
    MessageToSend,
    MessageWritten,
    OfferDue,
    ProposalOld,
    RegistrationAsked,
    ReminderToSend,
    SessionNears,
    SessionRestored,
    SpeakerToTell,
)
from webinars.models import Registration, Session, State
from webinars.queries.recipients import speakers_to_tell
from webinars.queries.seats import STANDING


@listens(DiscussionDue)
def open_thread(fact: Fact) -> None:
    open_discussion(fact.ids["session_id"], by_id=fact.actor_id)


@listens(RegistrationAsked)
def answer(fact: Fact) -> None:
    answer_asking(fact.ids["registration_id"])


@listens(AskingForgotten)
def forget(fact: Fact) -> None:
    forget_asking(fact.ids["registration_id"])


@listens(ProposalOld)
def forget_proposal(fact: Fact) -> None:
    forget_unconfirmed_proposal(fact.ids["proposal_id"])


@listens(OfferDue)
def pass_seat_on(fact: Fact) -> None:
    lapse_offer(fact.ids["registration_id"])


@listens(SessionRestored)
def offer_what_is_free(fact: Fact) -> None:
    """Seats that came free while it was cancelled."""
    fill_seats(fact.ids["session_id"])


@listens(*CHANGED)
def tell_attendees(fact: Fact) -> None:
    """One fact each, and so one delivery: a bad address stops nobody else's mail."""
    session_id = fact.ids["session_id"]
    coming = Registration.objects.filter(session=session_id, state__in=STANDING).order_by("pk")
    for registration_id in coming.values_list("pk", flat=True):
        record(ChangeToTell(registration_id, session_id, fact.pk))


@listens(ChangeToTell)
def tell_attendee(fact: Fact) -> None:
    change = Fact.objects.filter(pk=fact.ids["fact_id"]).first()
    if change is not None:
        tell_of_change(fact.ids["registration_id"], change=change.name)


@listens(*OF_SPEAKERS)
def tell_speakers(fact: Fact) -> None:
    """One fact each, as those who come are told."""
    session = Session.objects.filter(pk=fact.ids["session_id"]).first()
    for each in speakers_to_tell(session) if session else []:
        record(SpeakerToTell(each.speaker.pk, each.speaker.session_id, fact.pk))


@listens(SpeakerToTell)
def tell_one_speaker(fact: Fact) -> None:
    change = Fact.objects.filter(pk=fact.ids["fact_id"]).first()
    if change is not None:
        tell_speaker(fact.ids["speaker_id"], change=change.name)


@listens(MessageWritten)
def address_to_attendees(fact: Fact) -> None:
    address_message(fact.ids["message_id"])


@listens(MessageToSend)
def send_to_attendee(fact: Fact) -> None:
    send_message(fact.ids["registration_id"], message_id=fact.ids["message_id"])


@listens(SessionNears)
def remind_attendees(fact: Fact) -> None:
    sequence, hours = fact.ids["sequence"], fact.ids["hours"]
    session = Session.objects.filter(pk=fact.ids["session_id"]).first()
    if session is None or not is_time_to_remind(session, sequence, hours):
        return
    wanted, _ = REMINDED[hours]
    coming = Registration.objects.filter(session=session, state=State.REGISTERED, **{wanted: True}).order_by("pk")
    for registration_id in coming.values_list("pk", flat=True):
        record(ReminderToSend(registration_id, session.pk, sequence, hours))


@listens(ReminderToSend)
def remind_attendee(fact: Fact) -> None:
    remind(fact.ids["registration_id"], sequence=fact.ids["sequence"], hours=fact.ids["hours"])
