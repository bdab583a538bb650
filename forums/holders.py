"""Files of posts: seen where the post is, by the rules of posts; files named in a draft are wanted still."""

from collections.abc import Iterable

from django.urls import reverse

from community.files.choosing import ids_in
from community.files.ports import Holder, Place, holds, wants
from community.members.models import Member
from community.members.rulings import Viewer
from forums.actions.filing import step_with_files
from forums.choices import POSTS
from forums.models import Draft
from forums.rules import seeable_posts


def _seen(viewer: Viewer, post_ids: Iterable[int]) -> set[int]:
    return set(seeable_posts(viewer).filter(pk__in=post_ids).values_list("pk", flat=True))


def _shown(member: Member, post_ids: Iterable[int]) -> dict[int, Place]:
    posts = seeable_posts(member).filter(pk__in=post_ids).select_related("thread")
    return {post.pk: Place(title=post.thread.title, address=reverse("forums:post", args=[post.pk])) for post in posts}


@wants
def files_in_drafts(member_id: int) -> set[int]:
    texts = Draft.objects.filter(member=member_id).values_list("fields", "other")
    return {pk for both in texts for each in both if each for pk in ids_in(str(each.get("files", "")))}


holds(Holder(POSTS, _seen, _shown, step_with_files))
