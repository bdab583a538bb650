"""On which stream the schedule tells what happens to a session, and what its organisers add."""

from community.facts.actions import record
from community.members.models import Member
from webinars.facts import DESK, SCHEDULE, SessionChanged, SessionWithdrawn, session_stream
from webinars.models import ChangeNote, Session
from webinars.plans import Telling


def tell_schedule(session: Session, fact: type[SessionChanged], *, by: Member | None) -> None:
    """Inside an action. Of a draft its organisers alone hear, but whoever saw it shall see it go."""
    is_hidden = session.is_draft and fact is not SessionWithdrawn
    streams = [DESK] if is_hidden else [SCHEDULE, session_stream(session.pk)]
    record(fact(session.pk, session.series_id), streams=streams, actor_id=by.pk if by else None)


def keep_note(
    session: Session, telling: Telling, *, by: Member | None, for_attendees: bool = True, for_speakers: bool = True
) -> None:
    """Inside the action that changed the session, once it has its version. The mails of the change read it."""
    texts = {language: text for language, text in telling.notes.items() if text}
    if not texts or not (for_attendees or for_speakers):
        return
    ChangeNote.objects.create(
        session=session,
        version=session.version,
        is_off=session.cancelled_at is not None,
        for_attendees=for_attendees,
        for_speakers=for_speakers,
        texts=texts,
        by=by,
    )


def let_speakers_hear(session: Session, fact: type[SessionChanged], *, by: Member | None) -> None:
    """Inside the action that changed the session. Of a draft nobody hears. Records: the fact, one of `OF_SPEAKERS`."""
    if not session.is_draft:
        record(fact(session.pk, session.series_id), actor_id=by.pk if by else None)
