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


def keep_note(session: Session, telling: Telling, *, by: Member | None) -> None:
    """Inside the action that changed the session, once it has its version. The mails of the change read it."""
    if texts := {language: text for language, text in telling.notes.items() if text}:
        is_off = session.cancelled_at is not None
        ChangeNote.objects.create(session=session, version=session.version, is_off=is_off, texts=texts, by=by)
