"""Rows held for writing. All actions here take them in one order: exchanges, threads, posts, forums, each by id.

The forum comes last because all its threads share it: it is held for the shortest time.
"""

from django.db.models import F

from forums.choices import Audience, PostKind
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
    """A conversation between cities says nothing on the stream that all readers of its forum hear."""
    if thread.audience == Audience.PARTIES:
        return [f"thread:{thread.pk}"]
    return [f"thread:{thread.pk}", f"forum:{thread.forum_id}"]


def own_streams(post: Post) -> list[str]:
    """Of those who may see more of this post, or of what is under it, than others of their class do.

    Its author; where the answer it comments on is off, the author of that; and the authors of comments
    under it that are off. A deed on the post may change what they see.
    """
    authors = {post.author_id}
    if post.answer and (post.answer.hidden_at or post.answer.deleted_at):
        authors.add(post.answer.author_id)
    if post.kind != PostKind.COMMENT:
        off = Post.objects.filter(answer=post.pk).exclude(hidden_at=None, deleted_at=None)
        authors.update(off.values_list("author_id", flat=True))
    return [f"member:{author_id}" for author_id in authors if author_id is not None]
