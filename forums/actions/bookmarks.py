"""Bookmarks, with a note and a reminder. Nobody else ever learns of them."""

from datetime import datetime, timedelta

from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from forums.facts import BookmarkChanged
from forums.models import Bookmark, Post
from forums.rules import can_bookmark

KEPT_DROPPED = timedelta(days=30)


@action
def bookmark(post: Post, *, by: Member) -> Bookmark:
    """Without a note; what it has stays. Raises: NotAllowed. Records: BookmarkChanged."""
    insist(can_bookmark(by, post))
    mark, is_new = _held(by, post)
    if mark.dropped_at is not None:
        mark.dropped_at, mark.made_at = None, timezone.now()
        mark.note, mark.remind_at, mark.reminded_at = "", None, None
        mark.save()
        is_new = True
    if is_new:
        _tell(mark, post)
    return mark


@action
def keep_bookmark(post: Post, *, by: Member, note: str, remind_at: datetime | None) -> Bookmark:
    """With what she wants to remember, and when to be reminded. Raises: NotAllowed.

    Records: BookmarkChanged, which is due when she wants to be reminded.
    """
    insist(can_bookmark(by, post))
    mark, _ = _held(by, post)
    if mark.dropped_at is not None:
        mark.dropped_at, mark.made_at = None, timezone.now()
    if mark.remind_at != remind_at:
        mark.remind_at, mark.reminded_at = remind_at, None
    mark.note = note
    mark.save()
    _tell(mark, post)
    return mark


@action
def drop_bookmark(post: Post, *, by: Member) -> None:
    """It can be taken back for 30 days. Records: BookmarkChanged."""
    mark = Bookmark.objects.select_for_update(no_key=True).filter(member=by, post=post, dropped_at=None).first()
    if mark is None:
        return
    mark.dropped_at = timezone.now()
    mark.save(update_fields=["dropped_at"])
    Bookmark.objects.filter(member=by, dropped_at__lt=timezone.now() - KEPT_DROPPED).delete()
    _tell(mark, post)


@action
def take_bookmark_back(post: Post, *, by: Member) -> None:
    """As it was; a reminder that came due meanwhile comes now. Raises: NotAllowed. Records: BookmarkChanged."""
    insist(can_bookmark(by, post))
    mark = Bookmark.objects.select_for_update(no_key=True).filter(member=by, post=post).first()
    if mark is not None and mark.dropped_at is not None:
        mark.dropped_at = None
        mark.save(update_fields=["dropped_at"])
        _tell(mark, post)


@action
def say_reminded(mark: Bookmark) -> None:
    """So that it is done once for each time that she sets."""
    Bookmark.objects.filter(pk=mark.pk, reminded_at=None).update(reminded_at=timezone.now())


def _held(member: Member, post: Post) -> tuple[Bookmark, bool]:
    return Bookmark.objects.select_for_update(no_key=True).get_or_create(member=member, post=post)


def _tell(mark: Bookmark, post: Post) -> None:
    """Her open pages show it; a reminder is the same fact, heard at its time."""
    waits = mark.dropped_at is None and mark.reminded_at is None
    fact = BookmarkChanged(thread_id=post.thread_id, post_id=post.pk, bookmark_id=mark.pk)
    streams = [f"member:{mark.member_id}"]
    record(fact, streams=streams, actor_id=mark.member_id, due_at=mark.remind_at if waits else None)
