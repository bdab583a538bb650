"""Posts: one, a page of a thread's, and what of them is a viewer's own."""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Exists, F, IntegerField, Q, QuerySet, Value, When
from django.http import Http404

from community.files.queries import files_of_things
from community.live.fragments import Kept
from community.members.composed import Composed
from community.members.models import Member
from community.members.queries.shown import OF_MEMBER, shown_of_member
from community.members.rulings import Viewer
from forums.choices import POSTS, ForumKind, PostKind
from forums.models import Bookmark, Post, Thread, Vote
from forums.queries.paging import PageNumbers, rows_of_page
from forums.queries.reading import with_marks
from forums.rules import can_see_post, is_member, moderates, posts_of

WITH_ALL_SHOWN = ("author__city", "reply_to__author", "answer")
COLUMNS = [field.name for field in Post._meta.concrete_fields]
BODY = {"body_markdown", "body_html"}
SHOWN = [
    *COLUMNS,
    *shown_of_member("author__"),
    "reply_to__hidden_at",
    "reply_to__deleted_at",
    *(f"reply_to__author__{column}" for column in OF_MEMBER),
    *(f"answer__{column}" for column in COLUMNS if column not in BODY),
]

ANYBODY = AnonymousUser()


@dataclass(frozen=True)
class PostPage(PageNumbers):
    """`posts` in the order in which they are shown; comments follow what they comment on, beside the 20 counted."""

    posts: list[Post]


KEPT: Kept[PostPage] = Kept(50)


@dataclass(frozen=True)
class Overlay:
    """What of some posts is one viewer's own. Ids of posts."""

    own: frozenset[int]
    voted: frozenset[int]
    bookmarked: frozenset[int]


def post_for(viewer: Viewer, post_id: int) -> Post:
    """Raises: Http404 where there is none, or none for this viewer."""
    post = Post.objects.select_related("thread__forum", *WITH_ALL_SHOWN).filter(pk=post_id).first()
    if post is None or not can_see_post(viewer, post):
        raise Http404
    return post


def posts_of_thread(viewer: Viewer, thread: Thread, page: int, *, made_from: tuple[int, ...] | None = None) -> PostPage:
    """One page of a thread that the viewer sees; beyond the last one, the last one.

    Who sees no more of it than every other reader does is given the rows that another was given, where nothing has
    changed since. Params: made_from, numbers of all streams that such rows come from, as they were before.
    """
    moderating = moderates(viewer, thread.forum)
    if made_from is None or moderating or sees_more(viewer, thread):
        return _read(posts_of(viewer, thread, moderating=moderating), thread, page)
    return KEPT(
        (thread.pk, made_from, page), lambda: _read(posts_of(ANYBODY, thread, moderating=False), neutral(thread), page)
    )


def sees_more(viewer: Viewer, thread: Thread) -> bool:
    """Whether something here that others do not see is hers. One query with how far she has read; none for guests."""
    if not isinstance(viewer, Member) or not is_member(viewer):
        return False
    [[thread.read_mark, is_more]] = HERS.ask(viewer, thread.pk)
    return bool(is_more)


def hers_in(member: Member, thread_id: int) -> QuerySet[Thread, Any]:
    """How far she has read, and whether a post of hers there is hidden or deleted."""
    off = Post.objects.filter(Q(hidden_at__isnull=False) | Q(deleted_at__isnull=False))
    threads = with_marks(Thread.objects.filter(pk=thread_id), member)
    return threads.values_list("mark", Exists(off.filter(thread_id=thread_id, author_id=member.pk)))


HERS = Composed(hers_in)


def neutral(thread: Thread) -> Thread:
    """As no reader has read it yet."""
    other = copy(thread)
    other.read_mark = None
    return other


def _read(posts: QuerySet[Post], thread: Thread, page: int) -> PostPage:
    posts = with_all_shown(posts)
    if thread.forum.kind != ForumKind.QUESTIONS:
        found, numbers = rows_of_page(posts.order_by("pk"), page=page, at_least=thread.post_count)
    else:
        found, numbers = rows_of_page(in_answer_order(posts), page=page, at_least=thread.answer_count + 1)
        found = list(_with_comments(found, posts.filter(answer__in=[post.pk for post in found])))
    for post in found:
        post.thread = thread
    add_files(found)
    return PostPage(posts=found, page=numbers.page, page_count=numbers.page_count)


def add_files(posts: Iterable[Post]) -> None:
    """One query; none where no post has any."""
    shown = [post for post in posts if post.file_count]
    found = files_of_things(POSTS, [post.pk for post in shown]) if shown else {}
    for post in shown:
        post.files = found[post.pk]


def with_all_shown(posts: QuerySet[Post]) -> QuerySet[Post]:
    """With what stands beside posts on a page. Whole rows of members, cities and quoted posts are ten times as wide."""
    return posts.select_related(*WITH_ALL_SHOWN).only(*SHOWN)


def in_answer_order(posts: QuerySet[Post]) -> QuerySet[Post]:
    """The question, the accepted answer, then what was most helpful. Comments are left out."""
    first = Case(
        When(kind=PostKind.OPENING, then=Value(0)),
        When(pk=F("thread__accepted_id"), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return posts.filter(answer=None).order_by(first, "-helpful_count", "pk")


def _with_comments(posts: Iterable[Post], comments: QuerySet[Post]) -> Iterable[Post]:
    under: dict[int | None, list[Post]] = defaultdict(list)
    for comment in comments.order_by("pk"):
        under[comment.answer_id].append(comment)
    for post in posts:
        yield post
        yield from under[post.pk]


def opening_posts(threads: Iterable[Thread]) -> dict[int, Post]:
    """The opening post of each, by the thread's id. Params: threads, such as the reader sees."""
    ids = [thread.pk for thread in threads]
    return {
        post.thread_id: post
        for post in Post.objects.filter(thread__in=ids, kind=PostKind.OPENING).select_related("author")
    }


def overlay(viewer: Viewer, posts: Iterable[Post]) -> Overlay:
    """One query; none for guests."""
    shown = list(posts)
    if not is_member(viewer):
        return Overlay(own=frozenset(), voted=frozenset(), bookmarked=frozenset())
    found = set(MARKS.ask(viewer, *filled_up([post.pk for post in shown]))) if shown else set()
    return Overlay(
        own=frozenset(post.pk for post in shown if post.author_id == viewer.pk),
        voted=frozenset(post_id for post_id, what in found if what == "voted"),
        bookmarked=frozenset(post_id for post_id, what in found if what == "bookmarked"),
    )


def marks_on(member: Member, *post_ids: int) -> QuerySet[Vote, Any]:
    mine = {"member_id": member.pk, "post__in": post_ids}
    votes = Vote.objects.filter(**mine).values_list("post_id", Value("voted"))
    bookmarks = Bookmark.objects.filter(**mine, dropped_at=None).values_list("post_id", Value("bookmarked"))
    return votes.union(bookmarks, all=True)


MARKS = Composed(marks_on)


def filled_up(ids: list[int]) -> list[int]:
    """To 2, 4, 8, … of them, the last one repeated: few questions are composed, however many posts there are."""
    return ids + [ids[-1]] * ((1 << (len(ids) - 1).bit_length()) - len(ids))
