"""How a session shows itself at the head of the thread about it."""

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language, pgettext, pgettext_lazy

from community.members.rulings import Viewer
from forums.ports import AboutCard, Subject, may_be_about
from i18n.languages import DEFAULT
from i18n.texts import said
from webinars.facts import SCHEDULE
from webinars.models import Session
from webinars.rules import seeable_sessions


def cards(viewer: Viewer, ids: Iterable[int]) -> Mapping[int, AboutCard]:
    """One query."""
    sessions = seeable_sessions(viewer).filter(pk__in=list(ids)).select_related("series")
    return {session.pk: _card(session) for session in sessions}


def _card(session: Session) -> AboutCard:
    title = said(session, "title", get_language() or DEFAULT)
    is_off = session.cancelled_at is not None
    return AboutCard(
        title=title.text,
        language=title.language,
        address=session.get_absolute_url(),
        at=session.starts_at,
        note=pgettext("state of a session", "Cancelled") if is_off else "",
    )


may_be_about(Subject(Session, pgettext_lazy("above a thread: what it is about", "Session"), SCHEDULE, cards))
