"""What moderators do to posts."""

from typing import Any

from django.utils import timezone

from community.facts.actions import action
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions import decide
from community.moderation.models import ReviewItem
from forums.actions.exchanges.hiding import exchange_begun_by, hide_exchange, show_exchange
from forums.actions.rows import held_post
from forums.actions.shown import switch
from forums.facts import PostHidden, PostRestored
from forums.models import Post
from forums.rules import can_hide_post, can_restore_post
from forums.scopes import scope_of


@action
def hide_post(post: Post, *, by: Member, reason: str, category: str = "", item: ReviewItem | None = None) -> Post:
    """With the opening post goes the thread, and the request of a city. Hiding twice is hiding once.

    Params: reason, which the author reads; item, which this answers. Records: PostHidden and a Decision.
    """
    if exchange := exchange_begun_by(post):
        hide_exchange(exchange, by=by, reason=reason, category=category, item=item)
        return held_post(post)
    post = held_post(post)
    insist(can_hide_post(by, post))
    if post.hidden_at is None:
        fact = PostHidden(post.thread_id, post.pk)
        switch(post, "hidden_at", timezone.now(), fact=fact, actor_id=by.pk, hidden_reason=reason)
        _decide(post, "hide", by=by, reason=reason, category=category, item=item)
    return post


@action
def restore_post(post: Post, *, by: Member, reason: str, category: str = "", item: ReviewItem | None = None) -> Post:
    """Records: PostRestored and a Decision."""
    if exchange := exchange_begun_by(post):
        show_exchange(exchange, by=by, reason=reason, category=category, item=item)
        return held_post(post)
    post = held_post(post)
    insist(can_restore_post(by, post))
    if post.hidden_at is not None:
        fact = PostRestored(post.thread_id, post.pk)
        switch(post, "hidden_at", None, fact=fact, actor_id=by.pk, hidden_reason="")
        _decide(post, "restore", by=by, reason=reason, category=category, item=item)
    return post


def _decide(post: Post, deed: str, **told: Any) -> None:
    decide(post, deed=deed, scope=scope_of(post.thread), concerns=post.author, **told)
