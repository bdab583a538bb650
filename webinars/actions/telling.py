"""On which stream the schedule tells what happens to a session, and what its organisers add."""

from community.facts.actions import record
from community.members.models import Member
from webinars.facts import DESK, SCHEDULE, SessionChanged, SessionWithdrawn
from webinars.models import ChangeNote, Session
from webinars.plans import Telling


def tell_schedule(session: Session, fact: type[SessionChanged], *, by: Member | None) -> None:
    """Inside an action. Of a draft its organisers alone hear, but whoever saw it shall see it go."""
    stream = DESK if session.is_draft and fact is not SessionWithdrawn else SCHEDULE
    record(fact(session.pk, session.series_id), streams=[stream], actor_id=by.pk if by else None)


def keep_note(session: Session, telling: Telling, *, by: Member | None) -> None:
    """Inside the action that changed the session, once it has its version. The mails of the change read it."""
    if texts := {language: text for language, text in telling.notes.items() if text}:
        is_off = session.cancelled_at is not None
        ChangeNote.objects.create(session=session, version=session.version, is_off=is_off, texts=texts, by=by)
