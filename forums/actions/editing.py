from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from community.text.slugs import slug_of
from community.topics.actions import tags_called
from community.topics.models import meant
from forums.actions.drafts import drop_draft
from forums.actions.filing import give_files
from forums.actions.rows import change_post, change_thread, held_post, own_streams, streams_of
from forums.actions.titles import rewrite_title_words
from forums.actions.writing import rendered
from forums.choices import PostKind
from forums.facts import PostEdited, ThreadRetitled
from forums.models import Post, Revision, Thread
from forums.rules import can_edit_post, can_post_text


class EditConflict(Exception):
    """The post has had another text since the one that was edited. `post` says what stands."""

    def __init__(self, post: Post) -> None:
        super().__init__(f"post {post.pk} is at {post.edition}")
        self.post = post


@action
def edit_post(
    post: Post,
    *,
    by: Member,
    body: str,
    reason: str = "",
    title: str | None = None,
    tags: Iterable[str] | None = None,
    language: str | None = None,
    files: Sequence[int] | None = None,
    alts: Mapping[int, str] | None = None,
    edition: str = "",
) -> Post:
    """Another text. The one before is kept as a Revision, with the title where that changed too.

    Params: title and tags, of the thread, heard only with its opening post; files, ids of its author's own, and what
    their pictures show; None or an empty language leaves as it is; edition, which
    text was edited, empty for whichever stands.
    Raises: NotAllowed; TextTooHeavy; EditConflict where another text stands than was edited, unless it is
    this very one. Records: PostEdited, ThreadRetitled, each where something changed.
    """
    post = held_post(post)
    insist(can_edit_post(by, post))
    insist(can_post_text(by, body))
    if edition not in ("", post.edition) and (body, title or post.thread.title) != (
        post.body_markdown,
        post.thread.title,
    ):
        raise EditConflict(post)
    rewrite(post, by=by, body=body, reason=reason, title=title, tags=tags, language=language, files=files, alts=alts)
    drop_draft(by, f"post:{post.pk}", sent=body)
    return post


def rewrite(
    post: Post,
    *,
    by: Member,
    body: str,
    reason: str,
    title: str | None,
    tags: Iterable[str] | None,
    language: str | None,
    files: Sequence[int] | None,
    alts: Mapping[int, str] | None,
) -> None:
    """For other actions, which have asked their own rules. Params: post, held; the others as above."""
    language = language or post.language
    is_opening = post.kind == PostKind.OPENING
    old_title = post.thread.title
    if is_opening and _retitle(post.thread, title or old_title, tags, language):
        record(ThreadRetitled(post.thread_id, post.thread.forum_id), streams=streams_of(post.thread), actor_id=by.pk)
    has_new_title = old_title != post.thread.title
    has_new_text = has_new_title or (body, language) != (post.body_markdown, post.language)
    has_new_files = files is not None and give_files(post, owner=by, files=files, alts=alts or {})
    if has_new_text:
        Revision.objects.create(
            post=post,
            title=old_title if has_new_title else "",
            body_markdown=post.body_markdown,
            replaced_by=by,
            reason=reason,
        )
    if has_new_text or has_new_files:
        change_post(post, edited_at=timezone.now(), edit_reason=reason, language=language, **rendered(body))
        streams = [*streams_of(post.thread), *own_streams(post)]
        record(PostEdited(post.thread_id, post.pk), streams=streams, actor_id=by.pk)


def _retitle(thread: Thread, title: str, tags: Iterable[str] | None, language: str) -> bool:
    """Whether anything changed."""
    wanted = None if tags is None else tags_called(tags)
    is_tagged_anew = wanted is not None and {tag.pk for tag in wanted} != {
        tag.pk for tag in meant(thread.tags.select_related("synonym_of"))
    }
    if not is_tagged_anew and (title, language) == (thread.title, thread.language):
        return False
    if wanted is not None:
        thread.tags.set(wanted)
    if title != thread.title:
        thread.title = title
        rewrite_title_words(thread)
    change_thread(thread, title=title, slug=slug_of(title), language=language)
    return True
