from collections.abc import Iterable, Mapping, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Model

from community.facts.actions import action, record
from community.following.actions import follow_by_writing
from community.members.models import Member
from community.members.rulings import insist
from community.polls.actions import PollPlan
from community.text.slugs import slug_of
from community.topics.actions import tags_called
from forums.actions.counting import touch_forum
from forums.actions.drafts import drop_draft
from forums.actions.filing import give_files
from forums.actions.polling import write_poll
from forums.actions.reading import advance_mark
from forums.actions.rows import streams_of
from forums.actions.titles import write_title_words
from forums.actions.writing import post_of_token, token_in, watch_newcomer, write_post
from forums.choices import PostKind
from forums.facts import ThreadOpened
from forums.models import Forum, Post, Thread
from forums.rules import can_open_thread, can_post_now, can_post_text, is_listed


@action
def open_thread(
    *,
    forum: Forum,
    author: Member,
    title: str,
    body: str,
    tags: Iterable[str],
    language: str,
    token: str,
    poll: PollPlan | None = None,
    files: Sequence[int] = (),
    alts: Mapping[int, str] | None = None,
) -> Thread:
    """A thread and its opening post. The same token again returns the thread that it opened first.

    Params: tags, their names; files, ids of the author's own, and what their pictures show.
    Raises: NotAllowed; TextTooHeavy. Records: ThreadOpened, and PollOpened where it has a poll.
    """
    token = token_in(f"forum:{forum.pk}", token)
    if opened := post_of_token(author, token):
        return opened.thread
    insist(can_open_thread(author, forum))
    insist(can_post_text(author, body))
    insist(can_post_now(author, opens=True))
    try:
        with transaction.atomic():
            thread, post = begin_thread(forum, author, title=title, body=body, language=language, token=token)
    except IntegrityError:  # the same submission, sent twice at once: the other one has committed
        if opened := post_of_token(author, token):
            return opened.thread
        raise
    give_files(post, owner=author, files=files, alts=alts or {})
    thread.tags.set(tags_called(tags))
    if poll:
        write_poll(thread, poll, by=author)
    drop_draft(author, f"forum:{forum.pk}", sent=body)
    watch_newcomer(post, body, author)
    show_thread(thread, post, author)
    return thread


def begin_thread(
    forum: Forum,
    author: Member,
    *,
    title: str,
    body: str,
    language: str,
    token: str,
    about: Model | None = None,
    audience: str = "",
) -> tuple[Thread, Post]:
    """Its rows, and nothing that follows from them. Raises: IntegrityError, where they are there already.

    Params: about, at most one thread a thing; audience, where narrower than the forum's.
    """
    thread = Thread.objects.create(
        forum=forum,
        author=author,
        title=title,
        slug=slug_of(title),
        language=language,
        audience=audience,
        about_type=ContentType.objects.get_for_model(about) if about else None,
        about_id=about.pk if about else None,
    )
    return thread, write_post(thread, author=author, kind=PostKind.OPENING, body=body, language=language, token=token)


def show_thread(thread: Thread, post: Post, author: Member) -> None:
    """To its readers. Records: ThreadOpened."""
    Thread.objects.filter(pk=thread.pk).update(last_post_id=post.pk, last_post_at=post.written_at)
    thread.last_post_id, thread.last_post_at = post.pk, post.written_at
    write_title_words([thread])
    advance_mark(thread.pk, author.pk, post.pk)
    follow_by_writing(author, kind="thread", target_id=thread.pk)
    if is_listed(thread):
        touch_forum(thread.forum_id, post.written_at, threads=1)
    record(ThreadOpened(thread.pk, thread.forum_id), streams=streams_of(thread), actor_id=author.pk)
