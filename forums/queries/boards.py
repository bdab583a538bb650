"""The board of forums."""

from django.http import Http404

from community.members.rulings import Viewer
from forums.models import Forum, ForumGroup
from forums.rules import can_see_forum, seeable_forums


def forum_board(viewer: Viewer) -> list[ForumGroup]:
    """Groups with the forums this viewer sees, in order; empty groups are left out. `group.listed` holds the forums."""
    groups: dict[int, ForumGroup] = {}
    for forum in (
        seeable_forums(viewer).select_related("group").order_by("group__position", "group_id", "position", "pk")
    ):
        groups.setdefault(forum.group_id, forum.group).listed.append(forum)
    return list(groups.values())


def streams_of_forums(viewer: Viewer) -> list[str]:
    """Of all forums that this viewer sees: what a page over all their threads is made from."""
    return [f"forum:{pk}" for pk in seeable_forums(viewer).values_list("pk", flat=True)]


def forum_id_of(slug: str) -> int:
    """Raises: Http404. Whether one may see the forum is for `forum_for` to say."""
    forum_id = Forum.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if forum_id is None:
        raise Http404
    return forum_id


def forum_for(viewer: Viewer, slug: str) -> Forum:
    """Raises: Http404 where there is none, or none for this viewer."""
    forum = Forum.objects.filter(slug=slug).select_related("group").first()
    if forum is None or not can_see_forum(viewer, forum):
        raise Http404
    return forum
