"""Conversations that were held elsewhere: they come with their own authors and dates, and nobody is told late."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from community.text.slugs import slug_of
from community.topics.actions import tags_called
from community.topics.models import TaggedThing
from forums.actions.counting import count_posts, step_forum
from forums.actions.filing import give_files
from forums.actions.rows import change_thread, streams_of
from forums.actions.titles import write_title_words
from forums.actions.writing import rendered
from forums.choices import ForumKind, PostKind
from forums.facts import PostAdded, ThreadImported, ThreadOpened
from forums.models import Forum, Post, ReadMark, Thread, Vote
from forums.rules import is_listed

STILL_NEWS = timedelta(days=5)  # what was written since is told like any new post; older posts cause no notices
VOTED_AFTER = timedelta(hours=2)


@dataclass(frozen=True)
class ImportedPost:
    author: Member
    body: str  # Markdown
    language: str
    written_at: datetime
    reply_to: int | None = None  # the number of a post before it in the thread; the opening post is 1
    comment_on: int | None = None  # the number of the answer that it comments on
    helpful_to: tuple[Member, ...] = ()
    is_accepted: bool = False
    files: tuple[int, ...] = ()  # ids of its author's own


@dataclass(frozen=True)
class ImportedThread:
    """Params: posts, the opening one first, in the order of their dates."""

    forum: Forum
    title: str
    language: str
    tags: tuple[str, ...]
    posts: tuple[ImportedPost, ...]
    is_pinned: bool = False
    is_locked: bool = False
    audience: str = ""  # where narrower than the forum's
    about: Model | None = None  # which has no thread yet: it has one at most


@action
def import_threads(plans: Iterable[ImportedThread]) -> list[Thread]:
    """Threads with all their posts, in the order of time, so that a later post has a greater id.

    Records: ThreadImported for each; ThreadOpened and PostAdded for what is not older than five days.
    """
    plans = sorted(plans, key=lambda plan: plan.posts[0].written_at)
    threads = [_write_thread(plan) for plan in plans]
    write_title_words(threads)
    posts = _write_posts(plans, threads)
    added: dict[int, int] = defaultdict(int)
    for plan, thread, written in zip(plans, threads, posts, strict=True):
        _write_votes(plan, written)
        _mark_own_read(thread, written)
        change_thread(thread, **count_posts(thread))
        added[thread.forum_id] += is_listed(thread)
    _tell(threads, [post for written in posts for post in written])
    for forum_id, count in sorted(added.items()):
        step_forum(forum_id, count)
    return threads


def _write_thread(plan: ImportedThread) -> Thread:
    opening = plan.posts[0]
    thread = Thread.objects.create(
        forum=plan.forum,
        author=opening.author,
        title=plan.title,
        slug=slug_of(plan.title),
        language=plan.language,
        audience=plan.audience,
        about_type=ContentType.objects.get_for_model(plan.about) if plan.about else None,
        about_id=plan.about.pk if plan.about else None,
        opened_at=opening.written_at,
        last_post_at=opening.written_at,
        is_pinned=plan.is_pinned,
        is_locked=plan.is_locked,
    )
    kind = ContentType.objects.get_for_model(Thread)
    TaggedThing.objects.bulk_create(
        TaggedThing(tag=tag, content_type=kind, object_id=thread.pk) for tag in tags_called(plan.tags)
    )
    return thread


def _write_posts(plans: Sequence[ImportedThread], threads: Sequence[Thread]) -> list[list[Post]]:
    """Returns: the posts of each thread, in order."""
    written: list[list[Post]] = [[] for _ in plans]
    turns = sorted(
        (post.written_at, place, number) for place, plan in enumerate(plans) for number, post in enumerate(plan.posts)
    )
    for _, place, number in turns:
        written[place].append(_write_post(plans[place].posts[number], threads[place], written[place]))
    return written


def _write_post(plan: ImportedPost, thread: Thread, before: Sequence[Post]) -> Post:
    """Params: before, the posts of the same thread that stand already."""
    post = Post.objects.create(
        thread=thread,
        author=plan.author,
        kind=_kind(plan, thread, before),
        answer=before[plan.comment_on - 1] if plan.comment_on else None,
        reply_to=before[plan.reply_to - 1] if plan.reply_to else None,
        language=plan.language,
        written_at=plan.written_at,
        is_accepted=plan.is_accepted,
        helpful_count=len(plan.helpful_to),
        token=f"import-{uuid4()}",
        **rendered(plan.body),
    )
    if plan.files:
        give_files(post, owner=plan.author, files=plan.files, alts={})
    return post


def _kind(plan: ImportedPost, thread: Thread, before: Sequence[Post]) -> PostKind:
    if not before:
        return PostKind.OPENING
    if plan.comment_on:
        return PostKind.COMMENT
    return PostKind.ANSWER if thread.forum.kind == ForumKind.QUESTIONS else PostKind.REPLY


def _write_votes(plan: ImportedThread, posts: Sequence[Post]) -> None:
    now = timezone.now()
    Vote.objects.bulk_create(
        Vote(post=post, member=member, at=min(post.written_at + VOTED_AFTER, now))
        for imported, post in zip(plan.posts, posts, strict=True)
        for member in imported.helpful_to
    )


def _mark_own_read(thread: Thread, posts: Sequence[Post]) -> None:
    """Who wrote has read so far."""
    last = {post.author_id: post for post in posts}
    ReadMark.objects.bulk_create(
        ReadMark(member_id=author_id, thread=thread, last_post_id=post.pk, at=post.written_at)
        for author_id, post in last.items()
        if author_id is not None
    )


def _tell(threads: Iterable[Thread], posts: Iterable[Post]) -> None:
    """Of the threads, and of the posts that are news in the order in which they were written."""
    for thread in threads:
        fact = ThreadImported(thread.pk, thread.forum_id)
        record(fact, streams=streams_of(thread), actor_id=thread.author_id)
    news_since = timezone.now() - STILL_NEWS
    for post in sorted((post for post in posts if post.written_at >= news_since), key=lambda post: post.pk):
        record(_news(post), streams=streams_of(post.thread), actor_id=post.author_id)


def _news(post: Post) -> ThreadOpened | PostAdded:
    if post.kind == PostKind.OPENING:
        return ThreadOpened(post.thread_id, post.thread.forum_id)
    return PostAdded(post.thread_id, post.pk)
