"""Who may see which version of a post. The history is open to whoever may see the post."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.members.rules import is_moderator
from community.members.rulings import YES, Ruling, Viewer
from forums.models import Post, Revision
from forums.rules.doing import can_moderate_thing
from forums.rules.seeing import UNSEEN, can_see_post, is_member, is_own, moderates, moderating_rows, seeable_posts


def can_see_revision(viewer: Viewer, revision: Revision) -> Ruling:
    """One that is hidden is read by the author of the post, who wrote it, and by those who moderate the forum."""
    if not can_see_post(viewer, revision.post):
        return UNSEEN
    return YES if revision.hidden_at is None or reads_hidden_revisions(viewer, revision.post) else UNSEEN


def seeable_revisions(viewer: Viewer) -> QuerySet[Revision]:
    """Over all posts."""
    seen = Revision.objects.filter(post__in=seeable_posts(viewer))
    if is_moderator(viewer):
        return seen
    moderated = Q(Exists(moderating_rows(viewer).filter(forum_id=OuterRef("post__thread__forum_id"))))
    own = Q(post__author_id=viewer.pk) if is_member(viewer) else Q(pk__in=[])
    return seen.filter(Q(hidden_at=None) | own | moderated)


def reads_hidden_revisions(viewer: Viewer, post: Post) -> bool:
    """Of a post that she sees: the same for all its versions."""
    return is_own(viewer, post) or moderates(viewer, post.thread.forum)


def can_hide_revision(viewer: Viewer, revision: Revision) -> Ruling:
    """Also asked before it is shown again."""
    return can_moderate_thing(viewer, revision.post.thread.forum, can_see_post(viewer, revision.post))
