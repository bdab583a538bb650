"""Who came to a session, as organisers note it."""

from collections.abc import Collection

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from webinars.actions.seats import held_session
from webinars.facts import DESK, AttendanceNoted
from webinars.models import Registration
from webinars.queries.seats import LIVE
from webinars.rules import can_note_attendance


@action
def note_attendance(session_id: int, *, came: Collection[int], not_came: Collection[int], by: Member) -> None:
    """What is noted of anybody else stays. The same again changes nothing.

    Params: came, not_came, ids of its registrations; those of other sessions, and of who withdrew, are passed over.
    Raises: NotAllowed. Records: AttendanceNoted.
    """
    session = held_session(session_id)
    insist(can_note_attendance(by, session))
    hers = Registration.objects.filter(session=session, state__in=LIVE)
    noted = hers.filter(pk__in=came, has_come=False).update(has_come=True)
    taken_back = hers.filter(pk__in=not_came, has_come=True).update(has_come=False)
    if noted or taken_back:
        record(AttendanceNoted(session.pk, session.series_id), streams=[DESK], actor_id=by.pk)
