"""What authors do to their own posts."""

from django.utils import timezone

from community.facts.actions import action
from community.members.models import Member
from community.members.rulings import insist
from forums.actions.rows import held_post
from forums.actions.shown import switch
from forums.facts import PostDeleted, PostUndeleted
from forums.models import Post
from forums.rules import can_delete_post, can_undelete_post


@action
def delete_post(post: Post, *, by: Member) -> Post:
    """With the opening post goes the thread. Deleting twice is deleting once. Records: PostDeleted."""
    post = held_post(post)
    insist(can_delete_post(by, post))
    if post.deleted_at is None:
        switch(post, "deleted_at", timezone.now(), fact=PostDeleted(post.thread_id, post.pk), actor_id=by.pk)
    return post


@action
def undelete_post(post: Post, *, by: Member) -> Post:
    """Records: PostUndeleted."""
    post = held_post(post)
    insist(can_undelete_post(by, post))
    if post.deleted_at is not None:
        switch(post, "deleted_at", None, fact=PostUndeleted(post.thread_id, post.pk), actor_id=by.pk)
    return post
