"""What administrators do to the forums themselves."""

from collections.abc import Iterable

from community.facts.actions import action, record
from community.members.models import Member
from forums.actions.counting import latest_in
from forums.actions.rows import held_forum
from forums.facts import ForumChanged, ForumGroupChanged
from forums.models import Forum, ForumGroup
from forums.rules import listed_threads


@action
def keep_forum(forum: Forum, *, moderators: Iterable[Member] | None = None, by_id: int | None = None) -> Forum:
    """Save a forum as an administrator left it, counted anew for whom it is open to now.

    Params: moderators, its own, None for those it has. Records: ForumChanged.
    """
    if forum.pk:
        held_forum(forum.pk)
        forum.thread_count, forum.last_post_at = listed_threads(forum).count(), latest_in(forum)
        forum.version += 1
    forum.save()
    if moderators is not None:
        forum.moderators.set(moderators)
    record(ForumChanged(forum.pk), streams=["site", "access", f"forum:{forum.pk}"], actor_id=by_id)
    return forum


@action
def keep_group(group: ForumGroup, *, by_id: int | None = None) -> ForumGroup:
    """Records: ForumGroupChanged."""
    group.save()
    record(ForumGroupChanged(group.pk), streams=["site"], actor_id=by_id)
    return group
