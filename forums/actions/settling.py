"""How a thread stands in its forum: locked, pinned. Each deed is done once, however often it is asked."""

from typing import Any

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions import decide
from community.moderation.models import ReviewItem
from forums.actions.rows import change_thread, held_thread, streams_of
from forums.facts import ThreadLocked, ThreadPinned, ThreadUnlocked, ThreadUnpinned
from forums.models import Thread
from forums.rules import can_lock_thread, can_pin_thread
from forums.scopes import scope_of


@action
def lock_thread(
    thread: Thread, *, by: Member, reason: str, category: str = "", item: ReviewItem | None = None
) -> Thread:
    """Nobody but moderators may write there. Records: ThreadLocked and a Decision.

    Params: item, about one of its posts, which this answers.
    """
    thread = held_thread(thread.pk)
    insist(can_lock_thread(by, thread))
    told = {"reason": reason, "category": category, "item": item}
    return _set(thread, "is_locked", True, deed="lock", by=by, fact=ThreadLocked, **told)


@action
def unlock_thread(thread: Thread, *, by: Member, reason: str) -> Thread:
    """Records: ThreadUnlocked and a Decision."""
    thread = held_thread(thread.pk)
    insist(can_lock_thread(by, thread))
    return _set(thread, "is_locked", False, deed="unlock", by=by, reason=reason, fact=ThreadUnlocked)


@action
def pin_thread(thread: Thread, *, by: Member, reason: str) -> Thread:
    """It stands first in its forum. Records: ThreadPinned and a Decision."""
    thread = held_thread(thread.pk)
    insist(can_pin_thread(by, thread))
    return _set(thread, "is_pinned", True, deed="pin", by=by, reason=reason, fact=ThreadPinned)


@action
def unpin_thread(thread: Thread, *, by: Member, reason: str) -> Thread:
    """Records: ThreadUnpinned and a Decision."""
    thread = held_thread(thread.pk)
    insist(can_pin_thread(by, thread))
    return _set(thread, "is_pinned", False, deed="unpin", by=by, reason=reason, fact=ThreadUnpinned)


def _set(thread: Thread, flag: str, value: bool, *, deed: str, by: Member, fact: type[Any], **told: Any) -> Thread:
    if getattr(thread, flag) != value:
        change_thread(thread, **{flag: value})
        decide(thread, deed=deed, by=by, scope=scope_of(thread), **told)
        record(fact(thread.pk, thread.forum_id), streams=streams_of(thread), actor_id=by.pk)
    return thread
