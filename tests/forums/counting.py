"""Counters, reckoned from the rows in the plainest way."""

from typing import Any

from forums.choices import ForumKind, PostKind
from forums.models import Forum, Post, Thread


def is_off(post: Post) -> bool:
    return bool(post.hidden_at or post.deleted_at)


def counted_posts(thread: Thread) -> list[Post]:
    posts = list(Post.objects.filter(thread=thread).select_related("answer").order_by("pk"))
    return [
        post
        for post in posts
        if post.kind == PostKind.OPENING or not (is_off(post) or (post.answer and is_off(post.answer)))
    ]


def counters_from_rows(thread: Thread) -> dict[str, Any]:
    posts = counted_posts(thread)
    opening = Post.objects.get(thread=thread, kind=PostKind.OPENING)
    accepted = [post.pk for post in posts if post.is_accepted and thread.forum.kind == ForumKind.QUESTIONS]
    return {
        "post_count": len(posts),
        "answer_count": sum(post.kind in (PostKind.ANSWER, PostKind.REPLY) for post in posts),
        "helpful_count": sum(post.votes.count() for post in posts),
        "accepted_id": accepted[0] if accepted else None,
        "last_post_id": posts[-1].pk,
        "last_post_at": posts[-1].written_at,
        "is_hidden": opening.hidden_at is not None,
        "is_deleted": opening.deleted_at is not None,
    }


def forum_counters_from_rows(forum: Forum) -> dict[str, Any]:
    between_cities = forum.threads.filter(audience="parties")
    listed = [thread for thread in forum.threads.all() if not (thread.is_hidden or thread.is_deleted)]
    listed = [thread for thread in listed if thread not in between_cities]
    return {
        "thread_count": len(listed),
        "last_post_at": max((thread.last_post_at for thread in listed), default=None),
    }


def kept(thing: Any, names: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def assert_counters_are_right() -> None:
    for thread in Thread.objects.select_related("forum"):
        reckoned = counters_from_rows(thread)
        assert kept(thread, reckoned) == reckoned, thread
    for forum in Forum.objects.all():
        reckoned = forum_counters_from_rows(forum)
        assert kept(forum, reckoned) == reckoned, forum
    for post in Post.objects.all():
        assert post.helpful_count == post.votes.count()
        assert Post.objects.filter(thread=post.thread, is_accepted=True).count() <= 1
