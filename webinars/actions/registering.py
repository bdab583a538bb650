"""Somebody comes to a session, or comes no more. One registration an address and a member, however often asked."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from webinars import letters
from webinars.actions.approving import let_in
from webinars.actions.seats import held_registration, held_session, offer_free_seats, step, tell
from webinars.facts import (
    AskingForgotten,
    Registered,
    RegistrationAsked,
    RegistrationCancelled,
    RegistrationChanged,
)
from webinars.invitations import CANCEL, REQUEST
from webinars.keys import CONFIRM_WITHIN
from webinars.models import Registration, Session, State
from webinars.queries.seats import STANDING
from webinars.questions import NO_ANSWERS, Answers, answers_to, has_answered
from webinars.rules import can_accept, can_ask_again, can_change_answers, can_register

GUEST = AnonymousUser()
NOBODYS = {"name": "", "email": "", "city_name": ""}  # a member's are her account's


@action
def ask_to_register(
    session: Session,
    *,
    name: str,
    email: str,
    city_name: str,
    language: str,
    timezone_name: str,
    answers: Answers = NO_ANSWERS,
) -> Registration:
    """Without an account. Looks nobody up, so that neither the answer nor its time tells who is registered.

    Params: answers, to the session's questions; any others are passed over. Raises: NotAllowed.
    Records: RegistrationAsked, whose listener writes the mail.
    """
    insist(can_register(GUEST, session))
    insist(has_answered(session, answers))
    asked = Registration.objects.create(
        session=session,
        name=name,
        email=email,
        city_name=city_name,
        language=language,
        timezone=timezone_name,
        answers=answers_to(session, answers),
    )
    record(RegistrationAsked(asked.pk, session.pk))
    record(AskingForgotten(asked.pk, session.pk), due_at=asked.asked_at + CONFIRM_WITHIN)
    return asked


@action
def answer_asking(registration_id: int) -> None:
    """By mail, which alone tells whether the address is registered already. That one stays as it is."""
    asked = held_registration(registration_id)
    if asked is None or asked.state != State.ASKED:
        return
    standing = _standing(asked.session, email=asked.email, member=_member_at(asked.email))
    if standing is None or not _has_asked(standing):
        letters.write_to(asked, letters.confirm_address)
    else:
        letters.write_to(standing, letters.nothing_new)
        asked.delete()


@action
def confirm_registration(registration_id: int) -> Registration | None:
    """The address is hers who asked: hers is the seat, or the next place in line. To confirm again changes nothing.

    An address of a member registers the member. Returns: her one registration to this session, None where the
    question is forgotten. Raises: NotAllowed. Records: as `let_in`.
    """
    asked = held_registration(registration_id)
    if asked is None or asked.state != State.ASKED:
        return asked
    insist(can_register(GUEST, asked.session))
    member = _member_at(asked.email)
    standing = _standing(asked.session, email=asked.email, member=member)
    if standing is not None and _has_asked(standing):
        asked.delete()
        return standing
    if standing is not None:
        standing.delete()
    if member is not None:
        _make_hers(asked, member)
    for name, is_wanted in usual_reminders(asked.session).items():
        setattr(asked, name, is_wanted)
    asked.save(update_fields=["reminds_day", "reminds_hour"])
    let_in(asked)
    return asked


@action
def forget_asking(registration_id: int) -> None:
    """An address that came to us by another's hand does not stay."""
    Registration.objects.filter(pk=registration_id, state=State.ASKED).delete()


@action
def register(session_id: int, *, by: Member, answers: Answers = NO_ANSWERS) -> Registration:
    """A member comes. What she has asked for already stays as it is, and so does what organisers have decided.

    Params: answers, to the session's questions; any others are passed over. Raises: NotAllowed. Records: as `let_in`.
    """
    session = held_session(session_id)
    insist(can_register(by, session))
    standing = _standing(session, email=by.email, member=by)
    if standing is not None and standing.member_id is None:
        _make_hers(standing, by)
    if standing is not None and _has_asked(standing):
        return standing
    insist(has_answered(session, answers))
    registration = standing or Registration(session=session, member=by, **usual_reminders(session))
    registration.answers = answers_to(session, answers)
    registration.save()
    let_in(registration)
    return registration


@action
def cancel_registration(registration_id: int, *, by: Member | None = None, quietly: bool = False) -> None:
    """She does not come: her calendar takes the session out, and her seat goes to whoever waits longest.

    Params: quietly, without a mail to her. Records: RegistrationCancelled, and Promoted.
    """
    registration = held_registration(registration_id)
    if registration is None or registration.state not in STANDING:
        return
    was = registration.state
    step(registration, State.CANCELLED, RegistrationCancelled, by=by, offered_until=None)
    if was == State.REGISTERED and not quietly and registration.session.ends_at > timezone.now():
        letters.write_to(registration, letters.withdrawn, method=CANCEL)
    offer_free_seats(registration.session)


@action
def accept_offer(registration_id: int, *, by: Member | None = None) -> None:
    """The seat that was held for her is hers. Raises: NotAllowed, once it is offered no more. Records: Registered."""
    registration = held_registration(registration_id)
    if registration is None or registration.state == State.REGISTERED:
        return
    insist(can_accept(registration, registration.session))
    told_version = registration.session.version
    step(registration, State.REGISTERED, Registered, by=by, offered_until=None, told_version=told_version)
    letters.write_to(registration, letters.registered, method=REQUEST)


@action
def register_again(registration_id: int, *, answers: Answers = NO_ANSWERS) -> Registration | None:
    """A guest who had withdrawn comes after all; her address is confirmed already. Raises: NotAllowed.

    Params: answers, as in `register`. Records: as `let_in`.
    """
    registration = held_registration(registration_id)
    if registration is not None and registration.state in (State.CANCELLED, State.DECLINED):
        insist(can_register(GUEST, registration.session))
        insist(can_ask_again(registration, registration.session))
        insist(has_answered(registration.session, answers))
        registration.answers = answers_to(registration.session, answers)
        registration.save(update_fields=["answers"])
        let_in(registration)
    return registration


@action
def change_answers(registration_id: int, *, answers: Answers, by: Member | None = None) -> None:
    """The same again changes nothing. Raises: NotAllowed. Records: RegistrationChanged."""
    registration = held_registration(registration_id)
    if registration is None:
        return
    insist(can_change_answers(registration, registration.session))
    insist(has_answered(registration.session, answers))
    if (given := answers_to(registration.session, answers)) != registration.answers:
        step(registration, State(registration.state), RegistrationChanged, by=by, answers=given)


@action
def change_registration(registration_id: int, *, reminds_day: bool, reminds_hour: bool, **told: str) -> None:
    """Params: told, what a guest says of herself, by column. Records: RegistrationChanged."""
    registration = held_registration(registration_id)
    if registration is None:
        return
    fields: dict[str, Any] = {"reminds_day": reminds_day, "reminds_hour": reminds_hour, **told}
    step(registration, State(registration.state), RegistrationChanged, **fields)


@action
def renew_link(registration_id: int) -> None:
    """All links to it end, and a new one goes to its address. Records: RegistrationChanged."""
    registration = held_registration(registration_id)
    if registration is None or registration.member_id is not None:
        return
    registration.link_number += 1
    registration.save(update_fields=["link_number"])
    tell(registration, RegistrationChanged)
    letters.write_to(registration, letters.another_link)


def usual_reminders(session: Session) -> dict[str, bool]:
    """What its series sends to who says nothing else."""
    return {name: getattr(session.series, name) for name in ("reminds_day", "reminds_hour")}


def _standing(session: Session, *, email: str, member: Member | None) -> Registration | None:
    """Her one registration, a withdrawn one included. Needs the session held."""
    hers = Q(email=email) if member is None else Q(email=email) | Q(member=member)
    found = Registration.objects.filter(hers, session=session).exclude(state=State.ASKED)
    # A guest's may stand beside a member's who took its address later: the live one counts, then what organisers have
    # decided, then the member's.
    order = sorted(found.select_related("member"), key=_rank)
    for other in order[1:]:
        if other.state not in STANDING:
            other.delete()
    if order:
        order[0].session = session
    return order[0] if order else None


def _rank(registration: Registration) -> tuple[bool, bool, bool]:
    state = registration.state
    return state not in STANDING, state != State.DECLINED, registration.member_id is None


def _has_asked(registration: Registration) -> bool:
    """Whether she need not ask, or cannot."""
    return registration.state in STANDING or not can_ask_again(registration, registration.session)


def _member_at(email: str) -> Member | None:
    return Member.objects.filter(email=email, is_active=True).first()


def _make_hers(registration: Registration, member: Member) -> None:
    registration.member = member
    for name, value in NOBODYS.items():
        setattr(registration, name, value)
    registration.save(update_fields=["member", *NOBODYS])
