"""Threads for the home page and for a member's page: first which there are, then what the rows of the chosen show."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects

from community.members.models import Member
from community.members.queries.shown import shown_of_member
from community.members.rulings import Viewer
from forums.choices import ForumKind
from forums.models import Forum, Thread
from forums.queries.levels import not_muted
from forums.queries.reading import unread, with_marks, with_read_at
from forums.queries.threads import ThreadPage, fill_rows, page_of_threads
from forums.rules import is_member, seeable_forums, seeable_threads

AUTHORS = Prefetch("author", Member.objects.select_related("city").only(*shown_of_member()))


def latest_threads(viewer: Viewer, limit: int) -> list[Thread]:
    return _first(viewer, seeable_threads(viewer).order_by("-last_post_at", "-pk"), limit)


def forums_read(viewer: Viewer) -> list[Forum]:
    """The forums that she sees, with when she called each of them read; for `unread_threads` and `add_shown`."""
    return list(with_read_at(seeable_forums(viewer), viewer)) if is_member(viewer) else []


def unread_threads(viewer: Viewer, limit: int, forums: Collection[Forum] | None = None) -> list[Thread]:
    """What is new for her; nothing for guests. Params: forums, as `forums_read` gives them, where known already."""
    if not is_member(viewer):
        return []
    threads = unread(seeable_threads(viewer), viewer, forums_read(viewer) if forums is None else forums)
    threads = not_muted(threads, viewer)
    return _first(viewer, threads.order_by("-last_post_at", "-pk"), limit)


def unanswered_questions(viewer: Viewer, limit: int) -> list[Thread]:
    """What is asked and not answered, the newest first."""
    return _first(viewer, _unanswered(viewer), limit)


def unanswered_page(viewer: Viewer, page: int) -> ThreadPage:
    return page_of_threads(viewer, _unanswered(viewer), page=page, at_least=0)


def _unanswered(viewer: Viewer) -> QuerySet[Thread]:
    asked = Exists(Forum.objects.filter(pk=OuterRef("forum_id"), kind=ForumKind.QUESTIONS))
    waiting = seeable_threads(viewer).filter(asked, answer_count=0)
    return waiting.filter(is_locked=False, is_hidden=False, is_deleted=False).order_by("-pk")


def threads_of_member(viewer: Viewer, member: Member, limit: int) -> list[Thread]:
    """What of her threads the viewer may see, the newest first."""
    return _first(viewer, seeable_threads(viewer).filter(author=member).order_by("-pk"), limit)


def threads_by_members(viewer: Viewer, members: QuerySet[Member], limit: int) -> list[Thread]:
    """What of these members' threads the viewer may see, those last spoken in first."""
    by_them = seeable_threads(viewer).filter(author__in=members.order_by().values("pk"))
    return _first(viewer, by_them.order_by("-last_post_at", "-pk"), limit)


def add_shown(viewer: Viewer, threads: list[Thread], forums: Collection[Forum] = ()) -> None:
    """Fetch what the rows of these threads show, in a constant number of queries. Params: forums, known already."""
    known = {forum.pk: forum for forum in forums}
    for thread in threads:
        if thread.forum_id in known:
            thread.forum = known[thread.forum_id]
    prefetch_related_objects(threads, "forum", AUTHORS)
    fill_rows(threads, viewer)


def _first(viewer: Viewer, threads: QuerySet[Thread], limit: int) -> list[Thread]:
    """Without what `add_shown` adds."""
    return list(with_marks(threads, viewer)[:limit])
