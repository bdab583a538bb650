"""Threads about invented sessions, opened when they would have been: four weeks before each."""

from datetime import datetime
from typing import cast

from community.demo.schedule import organiser
from community.facts.actions import action
from forums.actions.importing import ImportedPost, ImportedThread, import_threads
from forums.models import Forum, Thread
from forums.queries.about import ids_discussed
from webinars.actions.discussing import opening_of
from webinars.choices import Visibility
from webinars.models import Session
from webinars.rules import DISCUSSION_AHEAD, discussion_opens_at


@action
def open_discussions(*, now: datetime) -> list[Thread]:
    """Of each session whose thread is due by now and not there, dated back: opened all at once, they would push out
    what members wrote. Those that are due later open by themselves. Two queries where none is missing.
    """
    due = Session.objects.filter(is_invented=True, starts_at__lte=now + DISCUSSION_AHEAD, cancelled_at=None)
    due = due.filter(visibility=Visibility.PUBLIC, series__forum__isnull=False).select_related("series__forum")
    sessions = list(due.select_for_update(of=("self",), no_key=True).order_by("pk"))
    discussed = ids_discussed(Session, [session.pk for session in sessions])
    missing = [session for session in sessions if session.pk not in discussed]
    by = organiser() if missing else None
    if by is None:
        return []
    plans = []
    for session in missing:
        opening, forum = opening_of(session), cast(Forum, session.series.forum)
        post = ImportedPost(by, opening.body, opening.language, written_at=discussion_opens_at(session))
        plans.append(
            ImportedThread(
                forum, opening.title, opening.language, tags=(), posts=(post,), audience=opening.audience, about=session
            )
        )
    return import_threads(plans)
