"""On which stream the schedule tells what happens to a session."""

from community.facts.actions import record
from community.members.models import Member
from webinars.facts import DESK, SCHEDULE, SessionChanged, SessionWithdrawn
from webinars.models import Session


def tell_schedule(session: Session, fact: type[SessionChanged], *, by: Member | None) -> None:
    """Inside an action. Of a draft its organisers alone hear, but whoever saw it shall see it go."""
    stream = DESK if session.is_draft and fact is not SessionWithdrawn else SCHEDULE
    record(fact(session.pk, session.series_id), streams=[stream], actor_id=by.pk if by else None)
