"""What moderators do to the earlier versions of posts."""

from typing import Any

from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions import decide
from community.moderation.models import ReviewItem
from forums.actions.rows import held_post
from forums.facts import RevisionHidden, RevisionRestored
from forums.models import Revision
from forums.rules import can_hide_revision
from forums.scopes import scope_of


@action
def hide_revision(
    revision: Revision, *, by: Member, reason: str, category: str = "", item: ReviewItem | None = None
) -> Revision:
    """Its text is on no page of others from now on. Records: RevisionHidden and a Decision.

    Params: reason, which the author of the post reads; item, which this answers.
    """
    revision = _held(revision)
    insist(can_hide_revision(by, revision))
    if revision.hidden_at is None:
        revision.hidden_at = timezone.now()
        revision.save(update_fields=["hidden_at"])
        _decide(revision, "hide-version", by=by, reason=reason, category=category, item=item)
        _tell(RevisionHidden(revision.post.thread_id, revision.post_id), by)
    return revision


@action
def restore_revision(
    revision: Revision, *, by: Member, reason: str, category: str = "", item: ReviewItem | None = None
) -> Revision:
    """Records: RevisionRestored and a Decision."""
    revision = _held(revision)
    insist(can_hide_revision(by, revision))
    if revision.hidden_at is not None:
        revision.hidden_at = None
        revision.save(update_fields=["hidden_at"])
        _decide(revision, "restore-version", by=by, reason=reason, category=category, item=item)
        _tell(RevisionRestored(revision.post.thread_id, revision.post_id), by)
    return revision


def _decide(revision: Revision, deed: str, **told: Any) -> None:
    post = revision.post
    decide(revision, deed=deed, scope=scope_of(post.thread), concerns=post.author, **told)


def _held(revision: Revision) -> Revision:
    post = held_post(revision.post)
    held = Revision.objects.select_for_update(no_key=True).get(pk=revision.pk)
    held.post = post
    return held


def _tell(fact: RevisionHidden | RevisionRestored, by: Member) -> None:
    """On no stream: no live page and no kept one shows earlier versions."""
    record(fact, actor_id=by.pk)
