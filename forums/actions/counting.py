"""Counters, kept equal to what counting the rows would give.

A reply and a vote step them; every other deed counts its one thread anew, and steps its forum.
"""

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import Coalesce, Greatest

from forums.actions.rows import change_thread, held_forum
from forums.choices import ForumKind, PostKind
from forums.models import Forum, Post, Thread
from forums.rules import is_listed, is_shown, listed_threads, shown_posts

# In a forum of discussion each reply answers; so "unanswered" means something everywhere.
ANSWERS = [PostKind.ANSWER, PostKind.REPLY]


def count_posts(thread: Thread) -> dict[str, Any]:
    """The thread's counters, counted. The opening post counts always: where it is off, the whole thread is."""
    posts = Post.objects.filter(thread=thread).filter(shown_posts() | Q(kind=PostKind.OPENING))
    counted = posts.aggregate(
        post_count=Count("pk"),
        answer_count=Count("pk", filter=Q(kind__in=ANSWERS)),
        helpful_count=Coalesce(Sum("helpful_count"), 0),
        last_post_id=Max("pk"),
    )
    accepted = posts.filter(is_accepted=True) if thread.forum.kind == ForumKind.QUESTIONS else posts.none()
    return {
        **counted,
        "last_post_at": Post.objects.values_list("written_at", flat=True).get(pk=counted["last_post_id"]),
        "accepted_id": accepted.values_list("pk", flat=True).first(),
    }


def recount(thread: Thread, *, was_listed: bool) -> None:
    """After a deed that took posts away or brought them back. Params: was_listed, in its forum, before the deed."""
    change_thread(thread, **count_posts(thread))
    if was_listed or is_listed(thread):
        step_forum(thread.forum_id, is_listed(thread) - was_listed)


def step_forum(forum_id: int, threads: int) -> None:
    """Params: threads, how many more its readers see now."""
    forum = held_forum(forum_id)
    Forum.objects.filter(pk=forum_id).update(
        thread_count=F("thread_count") + threads, last_post_at=latest_in(forum), version=F("version") + 1
    )


def latest_in(forum: Forum) -> datetime | None:
    """When its readers saw the last post. Two looks, one for each end of the index."""
    threads = listed_threads(forum).order_by("-last_post_at").values_list("last_post_at", flat=True)
    found = [threads.filter(is_pinned=pinned).first() for pinned in (False, True)]
    return max((at for at in found if at), default=None)


def count_new_post(thread: Thread, post: Post) -> None:
    """A reply, answer or comment has just been added."""
    if not is_shown(post):  # a moderator's comment under a hidden answer
        return
    change_thread(thread, last_post_id=post.pk, last_post_at=post.written_at)
    Thread.objects.filter(pk=thread.pk).update(
        post_count=F("post_count") + 1, answer_count=F("answer_count") + int(post.kind in ANSWERS)
    )
    if is_listed(thread):
        touch_forum(thread.forum_id, post.written_at, threads=0)


def touch_forum(forum_id: int, at: datetime, *, threads: int) -> None:
    """One statement: many threads of one forum grow at once."""
    Forum.objects.filter(pk=forum_id).update(
        thread_count=F("thread_count") + threads,
        last_post_at=Greatest(Coalesce("last_post_at", at), at),
        version=F("version") + 1,
    )
