"""Registrations that wait for the organisers: asked for, approved, declined."""

from collections.abc import Collection, Iterator

from community.facts.actions import action
from community.members.models import Member
from community.members.rulings import insist
from webinars import letters
from webinars.actions.seats import give_seat_or_place, held_session, step
from webinars.facts import RegistrationDeclined, RegistrationRequested
from webinars.models import Registration, Session, State
from webinars.plans import Texts
from webinars.rules import can_decide_who_comes

NO_NOTE: Texts = {}


def let_in(registration: Registration) -> None:
    """A seat or a place in line; where organisers approve each registration, they are asked first.

    Needs its session held. Records: Registered or Waitlisted, or RegistrationRequested.
    """
    session = registration.session
    if not session.asks_approval:
        give_seat_or_place(registration)
        return
    step(registration, State.REQUESTED, RegistrationRequested, told_version=session.version)
    letters.write_to(registration, letters.requested)


@action
def approve_requests(session_id: int, *, chosen: Collection[int], by: Member, note: Texts = NO_NOTE) -> int:
    """In the order in which they asked; each gets a seat or a place in line. Returns how many.

    Those whom somebody else has decided about meanwhile are passed over, and so is who is suspended.
    Params: chosen, ids of its registrations; note, for their mails. Raises: NotAllowed.
    Records: Registered or Waitlisted of each.
    """
    return _approve(session_id, State.REQUESTED, chosen=chosen, by=by, note=note)


@action
def decline_requests(session_id: int, *, chosen: Collection[int], by: Member, note: Texts = NO_NOTE) -> int:
    """As `approve_requests`, and they do not come. Records: RegistrationDeclined of each."""
    count = 0
    for registration in _chosen(_to_decide(session_id, by=by), State.REQUESTED, chosen):
        step(registration, State.DECLINED, RegistrationDeclined, by=by)
        letters.write_to(registration, letters.declined, notes=[note] if note else [])
        count += 1
    return count


@action
def take_decline_back(session_id: int, *, chosen: Collection[int], by: Member, note: Texts = NO_NOTE) -> int:
    """As `approve_requests`, of those who were declined."""
    return _approve(session_id, State.DECLINED, chosen=chosen, by=by, note=note)


def _approve(session_id: int, state: State, *, chosen: Collection[int], by: Member, note: Texts) -> int:
    count = 0
    for registration in _chosen(_to_decide(session_id, by=by), state, chosen):
        give_seat_or_place(registration, by=by, notes=[note] if note else [])
        count += 1
    return count


def _to_decide(session_id: int, *, by: Member) -> Session:
    session = held_session(session_id)
    insist(can_decide_who_comes(by, session))
    return session


def _chosen(session: Session, state: State, chosen: Collection[int]) -> Iterator[Registration]:
    found = Registration.objects.filter(session=session, state=state, pk__in=chosen).exclude(member__is_active=False)
    for registration in list(found.select_related("member").order_by("pk")):
        registration.session = session
        yield registration
