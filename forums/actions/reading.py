"""How far a member has read. Marks only go forward, on whichever device they were made."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Max, QuerySet
from django.utils import timezone

from community.facts.actions import action
from community.members.models import Member
from forums.models import Forum, ForumMark, Post, ReadMark, Thread
from forums.rules import seeable_forums

MOST_AT_ONCE = 500


def mark_read(thread: Thread, *, member: Member, up_to: int) -> None:
    """Params: up_to, the id of a post of this thread. Where nothing moves, nothing is written: pages are read often."""
    if not ReadMark.objects.filter(member=member, thread=thread, last_post_id__gte=up_to).exists():
        _mark_thread(thread.pk, member.pk, up_to)


@action
def _mark_thread(thread_id: int, member_id: int, up_to: int) -> None:
    advance_mark(thread_id, member_id, up_to)


def advance_mark(thread_id: int, member_id: int, up_to: int) -> None:
    """For other actions. One statement: marks made at once on two devices leave the later one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO forums_readmark (member_id, thread_id, last_post_id, at) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (member_id, thread_id) DO UPDATE SET last_post_id = excluded.last_post_id, at = excluded.at "
            "WHERE forums_readmark.last_post_id < excluded.last_post_id",
            [member_id, thread_id, up_to, timezone.now()],
        )


def mark_all_read(member: Member, forum: Forum | None = None) -> None:
    """All that stands in one forum, or in all that the member sees, up to now."""
    forums = [forum] if forum else seeable_forums(member).order_by("pk")
    up_to = Post.objects.aggregate(last=Max("pk"))["last"] or 0
    _mark_forums([found.pk for found in forums], member, up_to)


@action
def _mark_forums(forum_ids: Iterable[int], member: Member, up_to: int) -> None:
    # The id is read after every post before it was written, or nearly: it never goes back either way.
    ForumMark.objects.bulk_create(
        [ForumMark(member=member, forum_id=forum_id, last_post_id=up_to) for forum_id in forum_ids],
        update_conflicts=True,
        unique_fields=["member", "forum"],
        update_fields=["last_post_id", "at"],
    )


def mark_threads_read(member: Member, threads: QuerySet[Thread]) -> None:
    """Each of these up to its last post, at most `MOST_AT_ONCE` of them, the latest."""
    found = threads.order_by("-last_post_at", "-pk").values_list("pk", "last_post_id")[:MOST_AT_ONCE]
    if marks := list(found):
        _mark_threads(marks, member.pk)


@action
def _mark_threads(marks: list[tuple[int, int]], member_id: int) -> None:
    for thread_id, up_to in sorted(marks):
        advance_mark(thread_id, member_id, up_to)
