"""Rows held for writing. All actions here take them in one order: threads, posts, forums, each by id.

The forum comes last because all its threads share it: it is held for the shortest time.
"""

from django.db.models import F

from forums.models import Forum, Post, Thread


def held_thread(thread_id: int) -> Thread:
    """The thread as it is now; nobody else writes to it until the action ends."""
    return Thread.objects.select_for_update(of=("self",), no_key=True).select_related("forum").get(pk=thread_id)


def held_post(post: Post) -> Post:
    """The post as it is now, with its thread held before it."""
    thread = held_thread(post.thread_id)
    held = Post.objects.select_for_update(of=("self",), no_key=True).select_related("answer").get(pk=post.pk)
    held.thread = thread
    return held


def held_forum(forum_id: int) -> Forum:
    return Forum.objects.select_for_update(no_key=True).get(pk=forum_id)


def change_post(post: Post, **fields: object) -> None:
    """Write these fields and step the version."""
    for name, value in fields.items():
        setattr(post, name, value)
    Post.objects.filter(pk=post.pk).update(version=F("version") + 1, **fields)


def change_thread(thread: Thread, **fields: object) -> None:
    """Write these fields and step the version."""
    for name, value in fields.items():
        setattr(thread, name, value)
    Thread.objects.filter(pk=thread.pk).update(version=F("version") + 1, **fields)


def streams_of(thread: Thread) -> list[str]:
    return [f"thread:{thread.pk}", f"forum:{thread.forum_id}"]


def stream_of(member_id: int | None) -> list[str]:
    """Her own, for what is hers alone; none where the account is gone."""
    return [] if member_id is None else [f"member:{member_id}"]
