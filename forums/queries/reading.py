"""How far a member has read, told of threads in lists.

A thread is unread where its last post is later than her mark in it, than the post up to which she
called the whole forum read, and than the day she joined.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import BigIntegerField, Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from community.members.models import Member
from community.members.rulings import Viewer
from forums.models import Forum, ForumMark, Post, ReadMark, Thread
from forums.rules import is_member

CLOCKS_DIFFER = timedelta(hours=1)
NOTHING = Value(0, output_field=BigIntegerField())


def with_marks(threads: QuerySet[Thread], viewer: Viewer) -> QuerySet[Thread]:
    """Annotates `mark`: the id of the last post that the member has read there, 0 for none."""
    if not is_member(viewer):
        return threads
    mine = ReadMark.objects.filter(member_id=viewer.pk, thread_id=OuterRef("pk"))
    whole = ForumMark.objects.filter(member_id=viewer.pk, forum_id=OuterRef("forum_id"))
    return threads.annotate(
        mark=Greatest(
            Coalesce(Subquery(mine.values("last_post_id")[:1]), NOTHING),
            Coalesce(Subquery(whole.values("last_post_id")[:1]), NOTHING),
        )
    )


def with_read_at(forums: QuerySet[Forum], member: Member) -> QuerySet[Forum]:
    """Annotates `read_at`: when she last called the whole forum read, None for never."""
    whole = ForumMark.objects.filter(member=member, forum_id=OuterRef("pk"))
    return forums.annotate(read_at=Subquery(whole.values("at")[:1]))


def unread(threads: QuerySet[Thread], member: Member, forums: Iterable[Forum]) -> QuerySet[Thread]:
    """Params: forums, all that the threads stand in, fetched `with_read_at`."""
    since = _nothing_new_before(member, forums)
    return with_marks(threads, member).filter(last_post_id__gt=F("mark"), last_post_at__gte=since)


def _nothing_new_before(member: Member, forums: Iterable[Forum]) -> datetime:
    """The day she joined; later where she has called every one of these forums read. So a list of what is new
    looks at what is new, and not at all that there is."""
    read_at: list[datetime | None] = [getattr(forum, "read_at", None) for forum in forums]
    said = [at for at in read_at if at is not None]
    if not said or len(said) < len(read_at):
        return member.joined_at
    return max(member.joined_at, min(said) - CLOCKS_DIFFER)


def say_what_is_new(threads: Iterable[Thread], viewer: Viewer) -> None:
    """Fills `is_unread` and `new_count` of threads fetched `with_marks`. At most one query.

    A thread that is new as a whole is unread and counts nothing: "0 replies, 1 new" would count its opening post.
    """
    if not is_member(viewer):
        return
    begun: dict[int, Thread] = {}
    for thread in threads:
        mark = getattr(thread, "mark", 0)
        thread.is_unread = thread.last_post_id > mark and thread.last_post_at >= viewer.joined_at
        if thread.is_unread and mark:
            begun[thread.pk] = thread
    for thread_id, count in _counts_since(begun.values()):
        thread = begun[thread_id]
        thread.new_count = count if count < thread.post_count else 0


def _counts_since(threads: Iterable[Thread]) -> Iterable[tuple[int, int]]:
    since = Q()
    for thread in threads:
        since |= Q(thread_id=thread.pk, pk__gt=getattr(thread, "mark", 0))
    if not since:
        return []
    posts = Post.objects.filter(since, hidden_at=None, deleted_at=None).order_by()
    return posts.values_list("thread_id").annotate(count=Count("pk"))
