"""What is told to all who come: reminders, and that a session is another than it was. One delivery each."""

from datetime import timedelta

from django.utils import timezone

from community.facts.actions import action, record
from webinars import letters
from webinars.facts import (
    SessionCancelled,
    SessionMoved,
    SessionNears,
    SessionRestored,
    SessionRetitled,
)
from webinars.invitations import CANCEL, REQUEST
from webinars.models import ChangeNote, Registration, Session, State
from webinars.queries.recipients import former_since
from webinars.queries.seats import STANDING

DAY, HOUR = 24, 1  # hours before it begins, by any clock
REMINDED = {DAY: ("reminds_day", "day_reminded"), HOUR: ("reminds_hour", "hour_reminded")}
LETTERS = {DAY: letters.in_a_day, HOUR: letters.in_an_hour}
CHANGES = {
    "session_moved": letters.moved,
    "session_retitled": letters.renamed,
    "session_cancelled": letters.restored,  # told late: it was cancelled, and is so no more
    "session_restored": letters.restored,
}
CHANGED = (SessionMoved, SessionRetitled, SessionCancelled, SessionRestored)


def plan_reminders(session: Session) -> None:
    """Inside an action. What was planned for another time finds another SEQUENCE then, and reminds nobody.

    Records: SessionNears, due a day and an hour before it begins.
    """
    if session.cancelled_at is not None or session.is_draft or not session.takes_registrations:
        return
    for hours in (DAY, HOUR):
        due_at = session.starts_at - timedelta(hours=hours)
        if due_at > timezone.now():
            record(SessionNears(session.pk, session.sequence, hours), due_at=due_at)


@action
def remind(registration_id: int, *, sequence: int, hours: int) -> None:
    """Once for each time that the session was given; not who has withdrawn, nor once it has come nearer than that."""
    wanted, reminded = REMINDED[hours]
    registration = _told(registration_id)
    if registration is None or registration.state != State.REGISTERED or not getattr(registration, wanted):
        return
    if getattr(registration, reminded) == sequence or not is_time_to_remind(registration.session, sequence, hours):
        return
    Registration.objects.filter(pk=registration.pk).update(**{reminded: sequence})
    letters.write_to(registration, LETTERS[hours])


def is_time_to_remind(session: Session, sequence: int, hours: int) -> bool:
    """Not of a time that it has no more, nor where the next reminder or the session itself has come meanwhile."""
    if session.sequence != sequence or session.cancelled_at is not None or session.is_draft:
        return False
    ends = session.starts_at - timedelta(hours=HOUR if hours == DAY else 0)
    return timezone.now() < ends


@action
def tell_of_change(registration_id: int, *, change: str) -> None:
    """As it is now; several changes that nobody was told of yet are told in one mail. Params: change, a fact's name.

    With what organisers noted on them, where it is still about a session that takes place, or one that does not.
    """
    registration = _told(registration_id)
    if registration is None or registration.state not in STANDING:
        return
    session = registration.session
    if registration.told_version >= session.version or session.ends_at <= timezone.now():
        return
    is_off = session.cancelled_at is not None
    is_in_calendar = registration.state == State.REGISTERED
    method = (CANCEL if is_off else REQUEST) if is_in_calendar else ""
    untold = {"version__gt": registration.told_version, "version__lte": session.version}
    notes = ChangeNote.objects.filter(session=session, is_off=is_off, for_attendees=True, **untold).order_by("version")
    Registration.objects.filter(pk=registration.pk).update(told_version=session.version)
    letters.write_to(
        registration,
        letter_of(change, session),
        method=method,
        notes=notes.values_list("texts", flat=True),
        former=former_since(session, registration.told_version),
    )


def letter_of(change: str, session: Session) -> letters.Letter:
    """Params: change, a fact's name; session, as it is now."""
    return letters.called_off if session.cancelled_at is not None else CHANGES[change]


def _told(registration_id: int) -> Registration | None:
    """Held, so that no two tell her the same."""
    held = Registration.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("session__series", "member").filter(pk=registration_id).first()
