from collections.abc import Mapping, Sequence

from community.facts.actions import action, record
from community.following.actions import follow_by_writing
from community.members.models import Member
from community.members.rulings import insist
from forums.actions.counting import count_new_post
from forums.actions.drafts import drop_draft
from forums.actions.filing import give_files
from forums.actions.reading import advance_mark
from forums.actions.rows import held_thread, own_streams, streams_of
from forums.actions.writing import post_of_token, token_in, watch_newcomer, write_post
from forums.choices import ForumKind, PostKind
from forums.facts import PostAdded
from forums.models import Post, Thread
from forums.rules import can_post_now, can_post_text, can_reply, can_see_post


class WrongThread(ValueError):
    """A reply names a post that stands in another thread."""


@action
def post_reply(
    thread: Thread,
    *,
    author: Member,
    body: str,
    token: str,
    language: str = "",
    reply_to: Post | None = None,
    answer: Post | None = None,
    files: Sequence[int] = (),
    alts: Mapping[int, str] | None = None,
) -> Post:
    """A reply in a discussion, an answer to a question, or a comment where `answer` is given.

    The same token again returns the post that it made first. Who replies has read the thread so far.
    Params: language, the thread's where empty; answer, the answer or the question that is commented on; files, ids
    of the author's own, and what their pictures show.
    Raises: NotAllowed; TextTooHeavy; WrongThread. Records: PostAdded.
    """
    thread, token = held_thread(thread.pk), token_in(f"thread:{thread.pk}", token)
    if posted := post_of_token(author, token):
        return posted
    insist(can_reply(author, thread))
    insist(can_post_text(author, body))
    insist(can_post_now(author, opens=False))
    answer = _commented(_seen_here(thread, author, answer))
    reply_to = _seen_here(thread, author, reply_to)
    kind = _kind(thread, answer)
    post = write_post(
        thread,
        author=author,
        kind=kind,
        body=body,
        language=language or thread.language,
        token=token,
        answer=answer if kind == PostKind.COMMENT else None,
        reply_to=reply_to or (answer if kind == PostKind.REPLY else None),
    )
    if files:
        give_files(post, owner=author, files=files, alts=alts or {})
    count_new_post(thread, post)
    advance_mark(thread.pk, author.pk, post.pk)
    drop_draft(author, f"thread:{thread.pk}", sent=body)
    watch_newcomer(post, post.body_markdown, author)
    follow_by_writing(author, kind="thread", target_id=thread.pk)
    streams = [*streams_of(thread), *own_streams(post)]
    record(PostAdded(thread.pk, post.pk), streams=streams, actor_id=author.pk)
    return post


def _seen_here(thread: Thread, author: Member, post: Post | None) -> Post | None:
    """The post as it is now. Raises: WrongThread; NotAllowed where the author does not see it any more."""
    if post is None:
        return None
    post = Post.objects.select_related("answer").get(pk=post.pk)
    if post.thread_id != thread.pk:
        raise WrongThread
    post.thread = thread
    insist(can_see_post(author, post))
    return post


def _commented(post: Post | None) -> Post | None:
    """Comments stand one level deep: one on a comment is on its answer."""
    return post.answer if post and post.kind == PostKind.COMMENT else post


def _kind(thread: Thread, answer: Post | None) -> PostKind:
    if thread.forum.kind != ForumKind.QUESTIONS:
        return PostKind.REPLY
    return PostKind.COMMENT if answer else PostKind.ANSWER
