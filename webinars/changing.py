"""What an organiser is about to change that those who come hear of, before anything is written."""

from copy import copy
from dataclasses import dataclass

from django.utils import timezone

from community.facts.listeners import fact_name
from webinars.actions.columns import differs, texts_of, times_of
from webinars.facts import SessionCancelled, SessionChanged, SessionMoved, SessionRestored, SessionRetitled
from webinars.models import Former, Session
from webinars.plans import SessionPlan


@dataclass(frozen=True)
class Change:
    """Params: session, as it would be; it is not stored. fact, of which its mails tell; former, as it is."""

    session: Session
    fact: type[SessionChanged]
    former: Former | None = None

    @property
    def name(self) -> str:
        return fact_name(self.fact)

    @property
    def may_be_quiet(self) -> bool:
        """Another title leaves calendars right. Another time does not, nor does an end."""
        return self.fact is SessionRetitled


def change_by(plan: SessionPlan, session: Session) -> Change | None:
    """Of a session as it is; None where nobody would hear of the plan."""
    times, texts = times_of(plan), texts_of(plan)
    is_moved = differs(session, times)
    if not is_moved and not differs(session, texts):
        return None
    changed = copy(session)
    for name, value in (times | texts).items():
        setattr(changed, name, value)
    return Change(changed, SessionMoved if is_moved else SessionRetitled, Former.of(session))


def cancellation_of(session: Session, reason: str) -> Change | None:
    """None where it is cancelled already."""
    if session.cancelled_at is not None:
        return None
    cancelled = copy(session)
    cancelled.cancelled_at, cancelled.cancel_reason = timezone.now(), reason
    return Change(cancelled, SessionCancelled)


def restoration_of(session: Session) -> Change | None:
    """None where it takes place."""
    if session.cancelled_at is None:
        return None
    restored = copy(session)
    restored.cancelled_at, restored.cancel_reason = None, ""
    return Change(restored, SessionRestored)
