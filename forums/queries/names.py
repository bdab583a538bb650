"""Whom `@` may call, while somebody types it."""

from django.db.models import Exists, OuterRef

from community.members.models import Member
from community.members.rules import visible_members
from community.text.folding import bare_name
from forums.queries.watchers import classes_in_thread
from forums.rules import seeable_posts

MOST = 8
MOST_ASKED = 64  # of whom it is asked whether they read the thread


def members_meant(viewer: Member, begun: str, *, thread_id: int | None = None) -> list[Member]:
    """Members whose handle, or a word of whose name, begins so; those who write in this thread first, and nobody who
    may not read it: a call that is not heard is none. Neither case nor accents matter, as in search.

    Params: begun, what stands after the `@`; thread_id, where it is typed, as far as the viewer sees it.
    """
    called = bare_name(begun)
    if not called:
        return []
    here = Exists(seeable_posts(viewer).filter(thread=thread_id, author=OuterRef("pk")))
    found = visible_members(viewer).filter(called__contains=called).exclude(pk=viewer.pk)
    found = found.annotate(writes_here=here).order_by("-writes_here", "name")
    if thread_id is None:
        return list(found[:MOST])
    meant: list[Member] = list(found[:MOST_ASKED])
    classes = classes_in_thread(thread_id, [viewer.pk, *(each.pk for each in meant)])
    if classes[viewer.pk] is None:
        return meant[:MOST]
    return [each for each in meant if classes[each.pk] is not None][:MOST]
