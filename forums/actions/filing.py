"""Posts and their files."""

from collections.abc import Mapping, Sequence

from community.facts.actions import action, record
from community.files.actions import attach_files
from community.files.queries import files_of_things
from community.members.models import Member
from community.members.rulings import insist
from forums.actions.rows import change_post, held_post, own_streams, streams_of
from forums.choices import POSTS
from forums.facts import PostFilesChanged
from forums.models import Post
from forums.rules import can_attach


def give_files(post: Post, *, owner: Member, files: Sequence[int], alts: Mapping[int, str]) -> bool:
    """For other actions: exactly these files. Whether anything changed; who shows the post then steps its version.

    Raises: NotAllowed.
    """
    insist(can_attach(owner, len(files), had=post.file_count))
    count, has_changed = attach_files(files, owner=owner, holder=POSTS, held_id=post.pk, alts=alts)
    if count != post.file_count:
        post.file_count = count
        Post.objects.filter(pk=post.pk).update(file_count=count)
    return has_changed


@action
def step_with_files(post_id: int) -> None:
    """One of a post's files is ready, refused or gone. Records: PostFilesChanged."""
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        return
    post = held_post(post)
    change_post(post, file_count=len(files_of_things(POSTS, [post.pk])[post.pk]))
    streams = [*streams_of(post.thread), *own_streams(post)]
    record(PostFilesChanged(post.thread_id, post.pk), streams=streams)
