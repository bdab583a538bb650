"""Threads: one, a forum's, a tag's."""

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import Http404

from community.live.fragments import Kept
from community.members.queries.shown import shown_of_member
from community.members.rulings import Viewer
from community.topics.models import Tag, TaggedThing
from community.topics.queries import words_for
from forums.choices import Order
from forums.models import Forum, Thread
from forums.queries.paging import PageNumbers, rows_of_page
from forums.queries.reading import say_what_is_new, unread, with_marks, with_read_at
from forums.queries.tags import say_tags
from forums.rules import can_see_thread, is_member, seeable_threads, threads_of

COUNTED_AT_MOST = 1000
SHOWN = [*(field.name for field in Thread._meta.concrete_fields), *shown_of_member("author__")]
ORDERS: dict[str, tuple[str, ...]] = {
    Order.ACTIVE: ("-is_pinned", "-last_post_at", "-pk"),
    Order.HELPFUL: ("-helpful_count", "-pk"),
    Order.UNREAD: ("-last_post_at", "-pk"),
}
NEWEST = ("-pk",)
NARROWED: dict[str, Q] = {Order.UNANSWERED: Q(answer_count=0), Order.NOT_ACCEPTED: Q(accepted=None)}


@dataclass(frozen=True)
class ThreadPage(PageNumbers):
    threads: list[Thread]


def thread_for(viewer: Viewer, thread_id: int, *, made_from: tuple[int, ...] | None = None) -> Thread:
    """Raises: Http404 where there is none, or none for this viewer.

    Params: made_from, numbers of all streams that its row comes from, as they were before: the same again, and the row
    is not read again.
    """
    kept = None if made_from is None else KEPT((thread_id, made_from), lambda: _read(thread_id))
    thread = copy(kept) if kept else _read(thread_id)
    if thread is None or not can_see_thread(viewer, thread):
        raise Http404
    return thread


KEPT: Kept[Thread | None] = Kept(200)


def _read(thread_id: int) -> Thread | None:
    return Thread.objects.select_related("forum").filter(pk=thread_id).first()


def thread_page_of_forum(
    viewer: Viewer, forum: Forum, *, order: Order = Order.ACTIVE, tag: str | None = None, page: int = 1
) -> ThreadPage:
    """A forum's threads, 20 a page. Params: forum, one that the viewer sees; tag, a tag's slug."""
    threads = threads_of(viewer, forum)
    if order == Order.UNREAD:
        threads = _unread(threads, viewer, forum)
    threads = threads.filter(NARROWED.get(order, Q()))
    if tag:
        threads = threads.filter(pk__in=_tagged(words_for(Tag.objects.filter(slug=tag))))
    is_whole = not tag and order in (Order.ACTIVE, Order.NEWEST, Order.HELPFUL)
    known = forum.thread_count if is_whole else _counted(threads)
    return page_of_threads(viewer, threads.order_by(*ORDERS.get(order, NEWEST)), page=page, at_least=known)


def threads_with_tag(viewer: Viewer, tag: Tag, *, page: int = 1) -> ThreadPage:
    threads = seeable_threads(viewer).filter(pk__in=_tagged(words_for(Tag.objects.filter(pk=tag.pk))))
    return page_of_threads(viewer, threads.order_by("-last_post_at", "-pk"), page=page, at_least=_counted(threads))


def listed(viewer: Viewer, threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """With what a row of a list shows and who has read how far. `fill_rows` comes after.

    Forums are fetched beside: joined, SQLite begins at them and sorts all their threads.
    """
    return with_marks(with_shown(threads), viewer)


def with_shown(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """With what every viewer sees in a row of a list and in a page's head, but for tags."""
    return threads.select_related("author__city").only(*SHOWN).prefetch_related("forum")


def fill_rows(threads: list[Thread], viewer: Viewer) -> None:
    """Tags, and what is new for her. At most one query each."""
    say_tags(threads)
    say_what_is_new(threads, viewer)


def page_of_threads(viewer: Viewer, threads: QuerySet[Thread], *, page: int, at_least: int) -> ThreadPage:
    found, numbers = rows_of_page(listed(viewer, threads), page=page, at_least=at_least)
    fill_rows(found, viewer)
    return ThreadPage(threads=found, page=numbers.page, page_count=numbers.page_count)


def _unread(threads: QuerySet[Thread], viewer: Viewer, forum: Forum) -> QuerySet[Thread]:
    if not is_member(viewer):
        return threads.none()
    return unread(threads, viewer, with_read_at(Forum.objects.filter(pk=forum.pk), viewer))


def _counted(threads: QuerySet[Thread]) -> int:
    """How many, as far as pages are numbered."""
    return threads.order_by()[:COUNTED_AT_MOST].count()


def _tagged(tags: QuerySet[Tag]) -> Any:
    """A subquery of ids."""
    kind = ContentType.objects.get_for_model(Thread)
    return TaggedThing.objects.filter(tag__in=tags, content_type=kind).values("object_id")
