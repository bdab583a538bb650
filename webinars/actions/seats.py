"""Seats: never more than there are, and each that gets free is offered to whoever waits longest.

Whoever gives or takes a seat holds the session's row first, so that no two count the same seat.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from webinars import letters
from webinars.actions.reminding import plan_reminders
from webinars.actions.telling import tell_schedule
from webinars.facts import (
    OfferDue,
    OfferLapsed,
    Promoted,
    Registered,
    RegistrationClosed,
    RegistrationFact,
    RegistrationOpened,
    Waitlisted,
    attendee_stream,
    session_stream,
)
from webinars.invitations import REQUEST
from webinars.models import Registration, Session, State
from webinars.plans import Texts, wall_time_meant
from webinars.queries.seats import TAKEN

OFFERED_FOR, OFFERS_END_BEFORE = timedelta(hours=24), timedelta(hours=1)


@action
def open_registration(
    session_id: int, *, capacity: int | None = None, until: datetime | None = None, by: Member | None = None
) -> Session:
    """Take registrations, or take them for another number of seats; nobody who has one loses it.

    Params: capacity, None for no limit; until, None for until it ends. Records: RegistrationOpened.
    """
    session = held_session(session_id)
    is_new = not session.takes_registrations
    session.takes_registrations, session.capacity, session.registration_until = True, capacity, until
    session.registration_until_local = wall_time_meant(until, session.timezone)
    session.save(update_fields=["takes_registrations", "capacity", "registration_until", "registration_until_local"])
    tell_schedule(session, RegistrationOpened, by=by)
    if is_new:
        plan_reminders(session)
    offer_free_seats(session)
    return session


@action
def close_registration(session_id: int, *, by: Member | None = None) -> Session:
    """Take none any more; who is registered stays so. Records: RegistrationClosed."""
    session = held_session(session_id)
    session.takes_registrations = False
    session.save(update_fields=["takes_registrations"])
    tell_schedule(session, RegistrationClosed, by=by)
    return session


@action
def fill_seats(session_id: int) -> None:
    offer_free_seats(held_session(session_id))


@action
def lapse_offer(registration_id: int) -> None:
    """Nobody accepted in time: the seat goes on. Records: OfferLapsed, and Promoted for whoever is next.

    Of a cancelled session she could not accept it: she waits on where she was. Records: Waitlisted.
    """
    registration = held_registration(registration_id)
    if registration is None or registration.state != State.OFFERED:
        return
    if registration.offered_until is None or registration.offered_until > timezone.now():
        return
    if registration.session.cancelled_at is not None:
        step(registration, State.WAITING, Waitlisted, offered_until=None)
        return
    step(registration, State.CANCELLED, OfferLapsed, offered_until=None)
    letters.write_to(registration, letters.lapsed)
    offer_free_seats(registration.session)


def held_session(session_id: int) -> Session:
    sessions = Session.objects.select_for_update(of=("self",), no_key=True).select_related("series")
    return sessions.get(pk=session_id)


def held_registration(registration_id: int) -> Registration | None:
    """As it is once its session is held; None where it is gone."""
    session_id = Registration.objects.filter(pk=registration_id).values_list("session_id", flat=True).first()
    if session_id is None:
        return None
    session = held_session(session_id)
    registration = Registration.objects.select_related("member").filter(pk=registration_id).first()
    if registration is not None:
        registration.session = session
    return registration


def give_seat_or_place(registration: Registration, *, by: Member | None = None, notes: Iterable[Texts] = ()) -> None:
    """A seat where one is free and nobody waits for it, else the last place in line; and the mail that says so.

    Needs its session held. Params: by, an organiser who decided so; notes, her words for that mail.
    Records: Registered or Waitlisted.
    """
    session = registration.session
    others = Registration.objects.filter(session=session).exclude(pk=registration.pk)
    is_free = _free_seats(session) != 0 and not others.filter(state=State.WAITING).exists()
    step(
        registration,
        State.REGISTERED if is_free else State.WAITING,
        Registered if is_free else Waitlisted,
        by=by,
        position=(others.aggregate(last=Max("position"))["last"] or 0) + 1,
        told_version=session.version,
    )
    if is_free:
        letters.write_to(registration, letters.registered, method=REQUEST, notes=notes)
    else:
        letters.write_to(registration, letters.waiting, notes=notes)


def offer_free_seats(session: Session) -> None:
    """To those who wait, in their order; needs the session held.

    Where nothing would be gained by asking, in the last hour and where there is no limit, the seat is theirs at once.
    """
    now = timezone.now()
    if session.cancelled_at is not None or session.ends_at <= now:
        return
    until = min(now + OFFERED_FOR, session.starts_at - OFFERS_END_BEFORE)
    is_theirs = session.capacity is None or until <= now
    waiting = Registration.objects.filter(session=session, state=State.WAITING).select_related("member")
    for registration in waiting.order_by("position")[: _free_seats(session)]:
        registration.session = session
        if is_theirs:
            step(registration, State.REGISTERED, Registered, told_version=session.version)
            letters.write_to(registration, letters.registered, method=REQUEST)
        else:
            step(registration, State.OFFERED, Promoted, offered_until=until)
            record(OfferDue(registration.pk, session.pk), due_at=until)
            letters.write_to(registration, letters.offered)


def step(
    registration: Registration,
    state: State,
    fact: type[RegistrationFact],
    *,
    by: Member | None = None,
    **fields: Any,
) -> None:
    """Into another state, and told: on the session's seats, and to a member's own calendar."""
    fields |= {"state": state, "changed_at": timezone.now()}
    for name, value in fields.items():
        setattr(registration, name, value)
    registration.save(update_fields=list(fields))
    tell(registration, fact, by=by)


def tell(registration: Registration, fact: type[RegistrationFact], *, by: Member | None = None) -> None:
    streams = [session_stream(registration.session_id)]
    if registration.member_id is not None:
        streams.append(attendee_stream(registration.member_id))
    record(fact(registration.pk, registration.session_id), streams=streams, actor_id=_id(by))


def _free_seats(session: Session) -> int | None:
    """None for no limit."""
    if session.capacity is None:
        return None
    return max(0, session.capacity - Registration.objects.filter(session=session, state__in=TAKEN).count())


def _id(member: Member | None) -> int | None:
    return member.pk if member else None
