"""What a member has written, as far as a viewer may see it. What is hidden or deleted is not counted for anybody."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from community.members.models import Member
from community.members.rulings import Viewer
from community.text.excerpts import excerpt
from forums.choices import PostKind
from forums.models import Post
from forums.queries.paging import PageNumbers, rows_of_page
from forums.queries.threads import ThreadPage, page_of_threads
from forums.rules import seeable_posts, seeable_threads, shown_posts

EXCERPT_LENGTH = 240  # characters
KINDS = {"posts": [PostKind.REPLY, PostKind.COMMENT, PostKind.ANSWER], "answers": [PostKind.ANSWER]}


@dataclass(frozen=True)
class WrittenPage(PageNumbers):
    """Posts in the order of writing, the latest first; `post.excerpt` is their beginning."""

    posts: list[Post]


def numbers_of(viewer: Viewer, member: Member) -> dict[str, int]:
    """One query."""
    answers = Q(kind=PostKind.ANSWER)
    return _of(viewer, member).aggregate(
        threads=Count("pk", filter=Q(kind=PostKind.OPENING)),
        posts=Count("pk"),
        answers=Count("pk", filter=answers),
        accepted=Count("pk", filter=answers & Q(is_accepted=True)),
        helpful=Coalesce(Sum("helpful_count"), 0),
    )


def threads_by(viewer: Viewer, member: Member, *, page: int) -> ThreadPage:
    threads = seeable_threads(viewer).filter(author=member, is_hidden=False, is_deleted=False)
    return page_of_threads(viewer, threads.order_by("-pk"), page=page, at_least=0)


def posts_by(viewer: Viewer, member: Member, *, what: str, page: int) -> WrittenPage:
    """Params: what, `posts` or `answers`. Two queries."""
    posts = _of(viewer, member).filter(kind__in=KINDS[what]).select_related("thread")
    if what == "answers":
        posts = posts.order_by("-is_accepted", "-pk")
    found, numbers = rows_of_page(posts.order_by("-pk") if what == "posts" else posts, page=page, at_least=0)
    for post in found:
        post.excerpt = excerpt(post.body_markdown, EXCERPT_LENGTH)  # type: ignore[attr-defined]
    return WrittenPage(posts=found, page=numbers.page, page_count=numbers.page_count)


def _of(viewer: Viewer, member: Member) -> QuerySet[Post]:
    thread_stands = Q(thread__is_hidden=False, thread__is_deleted=False)
    return seeable_posts(viewer).filter(shown_posts(), thread_stands, author=member)
