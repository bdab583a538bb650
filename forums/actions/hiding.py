"""What moderators do to posts."""

from django.utils import timezone

from community.facts.actions import action
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions import decide
from forums.actions.rows import held_post
from forums.actions.shown import switch
from forums.facts import PostHidden, PostRestored
from forums.models import Post
from forums.rules import can_hide_post, can_restore_post


@action
def hide_post(post: Post, *, by: Member, reason: str) -> Post:
    """With the opening post goes the thread. Hiding twice is hiding once. Records: PostHidden and a Decision."""
    post = held_post(post)
    insist(can_hide_post(by, post))
    if post.hidden_at is None:
        switch(post, "hidden_at", timezone.now(), fact=PostHidden(post.thread_id, post.pk), actor_id=by.pk)
        decide(post, deed="hide", by=by, reason=reason)
    return post


@action
def restore_post(post: Post, *, by: Member, reason: str) -> Post:
    """Records: PostRestored and a Decision."""
    post = held_post(post)
    insist(can_restore_post(by, post))
    if post.hidden_at is not None:
        switch(post, "hidden_at", None, fact=PostRestored(post.thread_id, post.pk), actor_id=by.pk)
        decide(post, deed="restore", by=by, reason=reason)
    return post
