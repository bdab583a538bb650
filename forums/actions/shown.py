"""Taking a post off every surface and bringing it back; the opening post takes its thread along."""

from datetime import datetime
from typing import Any

from django.db.models import F

from community.facts.actions import record
from forums.actions.counting import recount
from forums.actions.rows import change_post, change_thread, own_streams, streams_of
from forums.choices import PostKind
from forums.models import Post
from forums.rules import is_listed

THREAD_FLAGS = {"hidden_at": "is_hidden", "deleted_at": "is_deleted"}


def switch(post: Post, field: str, at: datetime | None, *, fact: Any, actor_id: int, **more: str) -> None:
    """Params: post, held; field, `hidden_at` or `deleted_at`; at, since when it is off, None for back on;
    more, what else of its row is written.
    """
    thread, was_listed = post.thread, is_listed(post.thread)
    change_post(post, **{field: at}, **more)
    Post.objects.filter(reply_to=post).update(version=F("version") + 1)  # they lead to it, or no more
    streams = [*streams_of(thread), *own_streams(post)]
    if post.kind == PostKind.OPENING:
        change_thread(thread, **{THREAD_FLAGS[field]: at is not None})
        streams.append("access")  # others see the thread now, or no more
    recount(thread, was_listed=was_listed)
    record(fact, streams=streams, actor_id=actor_id)
