"""Whose a thing of the forums is to moderate: each forum has moderators of its own."""

from community.moderation.ports import Scope
from forums.models import Thread

FORUM = "forum"


def scope_of(thread: Thread) -> Scope:
    return Scope(FORUM, thread.forum_id)
