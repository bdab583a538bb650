"""What a member has bookmarked, only as far as she may see it still."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from community.members.models import Member
from community.text.excerpts import excerpt
from forums.models import Bookmark, Post
from forums.queries.paging import PageNumbers, rows_of_page
from forums.rules import seeable_posts

EXCERPT_LENGTH = 160  # characters


@dataclass(frozen=True)
class BookmarkPage(PageNumbers):
    bookmarks: list[Bookmark]


def bookmark_on(member: Member, post: Post) -> Bookmark | None:
    return Bookmark.objects.filter(member=member, post=post, dropped_at=None).first()


def bookmarks_of(member: Member, *, containing: str = "", page: int = 1) -> BookmarkPage:
    """The latest first. Params: containing, words of the note or the title. One query."""
    found = _seen(member).filter(dropped_at=None)
    if containing:
        found = found.filter(Q(note__icontains=containing) | Q(post__thread__title__icontains=containing))
    rows, numbers = rows_of_page(found.order_by("-made_at", "-pk"), page=page, at_least=0)
    for row in rows:
        row.excerpt = excerpt(row.post.body_markdown, EXCERPT_LENGTH)  # type: ignore[attr-defined]
    return BookmarkPage(bookmarks=rows, page=numbers.page, page_count=numbers.page_count)


def dropped_bookmark(member: Member, post_id: int) -> Bookmark | None:
    """One that can be taken back."""
    return _seen(member).filter(post=post_id, dropped_at__isnull=False).first()


def due_bookmark(bookmark_id: int) -> Bookmark | None:
    """Whether it is time: not where it was dropped, done already, or set for later since."""
    due = Bookmark.objects.filter(pk=bookmark_id, dropped_at=None, reminded_at=None, remind_at__lte=timezone.now())
    return due.first()


def _seen(member: Member) -> QuerySet[Bookmark]:
    seen = seeable_posts(member).filter(pk=OuterRef("post_id"))
    return Bookmark.objects.filter(Exists(seen), member=member).select_related("post__thread", "post__author")
