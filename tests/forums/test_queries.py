from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.members.models import Member
from forums import actions, queries
from forums.choices import Order
from forums.models import Post, Thread
from forums.queries.paging import PAGE_SIZE
from tests.factories.forums import (
    make_forum,
    make_members_forum,
    make_post,
    make_question_forum,
    make_thread,
    opening_of,
)
from tests.factories.members import make_circle, make_city, make_member, make_moderator

pytestmark = pytest.mark.django_db
GUEST = AnonymousUser()


def make_writer(name: str) -> Member:
    return make_member(name, city=make_city(name.lower()))


def as_in_a_new_request(member: Member) -> Member:
    return Member.objects.get(pk=member.pk)


def spent(read: Callable[[Member], Any], reader: Member) -> int:
    """How many queries, all that a list shows included."""
    reader = as_in_a_new_request(reader)
    with CaptureQueriesContext(connection) as captured:
        for thread in read(reader):
            _ = thread.author.city.slug, thread.forum.slug, [tag.name for tag in thread.shown_tags], thread.new_count
    return len(captured)


@pytest.fixture(autouse=True)
def content_types(db: None) -> None:
    """Django keeps them for as long as a process lives."""
    ContentType.objects.get_for_model(Thread)


def pinned(thread: Thread) -> Thread:
    return actions.pin_thread(thread, by=make_moderator(), reason="Read first.")


def test_the_board_shows_each_viewer_her_forums_in_their_groups() -> None:
    insider = make_member("Ines")
    open_forum, members = make_forum(position=1), make_members_forum(position=2)
    closed = make_forum(audience="group", circle=make_circle("coastal", insider), position=3)

    boards = [
        [forum for group in queries.forum_board(viewer) for forum in group.listed]
        for viewer in (GUEST, make_member("Cai"), insider, make_moderator())
    ]

    everything = [open_forum, members, closed]
    assert boards == [[open_forum], [open_forum, members], everything, everything]


def test_the_board_costs_one_query() -> None:
    ana = make_member()
    make_forum()
    with CaptureQueriesContext(connection) as one:
        queries.forum_board(ana)
    make_forum(), make_forum()

    with CaptureQueriesContext(connection) as three:
        assert sum(len(group.listed) for group in queries.forum_board(ana)) == 3

    assert len(one) == len(three) == 1


def test_what_one_may_not_see_is_not_there() -> None:
    thread = make_thread(make_members_forum())
    post = opening_of(thread)

    for read in (
        lambda: queries.forum_for(GUEST, thread.forum.slug),
        lambda: queries.thread_for(GUEST, thread.pk),
        lambda: queries.post_for(GUEST, post.pk),
        lambda: queries.thread_for(make_member("Cai"), 10**9),
    ):
        with pytest.raises(Http404):
            read()

    assert queries.post_for(make_member("Cai"), post.pk) == post


def test_threads_stand_by_latest_activity_pinned_ones_first() -> None:
    forum = make_forum()
    first, second, third = (make_thread(forum) for _ in range(3))
    make_post(first)
    pinned(second)

    page = queries.thread_page_of_forum(GUEST, forum, order=Order.ACTIVE, tag=None, page=1)

    assert page.threads == [second, first, third]


def test_threads_are_ordered_and_narrowed_as_asked() -> None:
    ana, forum = make_member("Ana"), make_question_forum()
    asked, answered, settled = (make_thread(forum, ana) for _ in range(3))
    make_post(answered)
    answer = make_post(settled)
    actions.accept_answer(answer, by=ana)
    actions.vote(answer, by=ana)

    def listed(order: Order) -> list[Thread]:
        return queries.thread_page_of_forum(GUEST, forum, order=order, tag=None, page=1).threads

    assert listed(Order.NEWEST) == [settled, answered, asked]
    assert listed(Order.UNANSWERED) == [asked]
    assert listed(Order.NOT_ACCEPTED) == [answered, asked]
    assert listed(Order.HELPFUL) == [settled, answered, asked]
    assert listed(Order.UNREAD) == []


def test_a_tag_narrows_the_list() -> None:
    forum = make_forum()
    tagged = make_thread(forum, tags=["Drains"])
    make_thread(forum, tags=["rain"])

    assert queries.thread_page_of_forum(GUEST, forum, tag="drains").threads == [tagged]
    assert queries.threads_with_tag(GUEST, queries.tag_for("drains")).threads == [tagged]


def test_pages_are_numbered_and_beyond_the_last_one_is_the_last_one() -> None:
    forum, ana = make_forum(), make_member("Ana")
    threads = [make_thread(forum, ana) for _ in range(PAGE_SIZE + 1)]
    forum.refresh_from_db()

    first = queries.thread_page_of_forum(GUEST, forum, order=Order.NEWEST, page=1)
    last = queries.thread_page_of_forum(GUEST, forum, order=Order.NEWEST, page=99)

    assert (len(first.threads), first.page_count, first.has_next, first.has_previous) == (20, 2, True, False)
    assert (last.threads, last.page, last.has_next, last.has_previous) == ([threads[0]], 2, False, True)


def test_a_moderator_pages_through_what_is_hidden_too() -> None:
    forum, ana, dee = make_forum(), make_member("Ana"), make_moderator()
    for _ in range(PAGE_SIZE + 1):
        actions.hide_post(opening_of(make_thread(forum, ana)), by=dee, reason="Spam.")
    forum.refresh_from_db()

    page = queries.thread_page_of_forum(dee, forum, order=Order.NEWEST, page=1)

    assert (len(page.threads), page.has_next, forum.thread_count) == (20, True, 0)
    assert len(queries.thread_page_of_forum(dee, forum, order=Order.NEWEST, page=2).threads) == 1
    assert queries.thread_page_of_forum(GUEST, forum, order=Order.NEWEST, page=1).threads == []


def test_what_is_new_is_told_of_each_thread() -> None:
    cai, ana, forum = make_member("Cai"), make_member("Ana"), make_forum()
    never, partly, wholly = (make_thread(forum, ana) for _ in range(3))
    for thread in (never, partly, wholly):
        make_post(thread, ana)
    actions.mark_read(partly, member=cai, up_to=opening_of(partly).pk)
    actions.mark_read(wholly, member=cai, up_to=make_post(wholly, ana).pk)

    def told(viewer: Any) -> list[tuple[bool, int]]:
        page = queries.thread_page_of_forum(viewer, forum, order=Order.NEWEST)
        return [(thread.is_unread, thread.new_count) for thread in page.threads]

    assert told(cai) == [(False, 0), (True, 1), (True, 0)]
    assert told(ana) == [(False, 0), (False, 0), (False, 0)]
    assert told(GUEST) == [(False, 0), (False, 0), (False, 0)]
    assert queries.thread_page_of_forum(cai, forum, order=Order.UNREAD).threads == [partly, never]
    assert queries.unread_threads(cai, 10) == [partly, never]


def test_a_thread_opened_after_all_was_called_read_is_new_as_a_whole() -> None:
    cai, forum = make_member("Cai"), make_forum()
    make_thread(forum, make_member("Ana"))
    actions.mark_all_read(cai)
    later = make_thread(forum, make_member("Bea"))

    page = queries.thread_page_of_forum(cai, forum, order=Order.NEWEST)

    assert [(thread.is_unread, thread.new_count) for thread in page.threads] == [(True, 0), (False, 0)]
    make_post(later, make_member("Bea"))
    page = queries.thread_page_of_forum(cai, forum, order=Order.NEWEST)
    assert page.threads[0].new_count == 0


def test_what_comes_after_all_was_called_read_is_new_again() -> None:
    cai, forum = make_member("Cai"), make_forum()
    threads = [make_thread(forum, make_member("Ana")) for _ in range(2)]
    actions.mark_all_read(cai)
    assert queries.unread_threads(cai, 10) == queries.thread_page_of_forum(cai, forum, order=Order.UNREAD).threads == []

    make_post(threads[0])

    assert queries.unread_threads(cai, 10) == [threads[0]]
    assert queries.thread_page_of_forum(cai, forum, order=Order.UNREAD).threads == [threads[0]]


def test_what_was_written_before_she_joined_is_not_new() -> None:
    thread = make_thread(make_forum())
    Thread.objects.filter(pk=thread.pk).update(last_post_at=timezone.now() - timedelta(days=1))

    assert queries.unread_threads(make_member("Cai"), 10) == []


@pytest.mark.parametrize("order", Order)
def test_a_list_of_threads_costs_the_same_with_one_and_with_three(order: Order) -> None:
    cai, forum = make_member("Cai"), make_question_forum()

    def read(reader: Member) -> list[Thread]:
        return queries.thread_page_of_forum(reader, forum, order=order).threads

    def grow(name: str) -> None:
        writer = make_writer(name)
        thread = make_thread(forum, writer, tags=["drains", "rain"])
        actions.mark_read(thread, member=cai, up_to=opening_of(thread).pk)
        make_post(thread, writer, answer=opening_of(thread))

    grow("Quito")
    one = spent(read, cai)
    grow("Lima")
    grow("Lagos")

    assert len(read(cai)) == 3
    assert spent(read, cai) == one
    assert one <= 6


@pytest.mark.parametrize("read", [queries.latest_threads, queries.unread_threads, queries.unanswered_questions])
def test_a_list_for_the_home_page_costs_the_same_with_one_and_with_three(read: Any) -> None:
    cai, forum = make_member("Cai"), make_question_forum()

    def shown(reader: Member) -> list[Thread]:
        threads: list[Thread] = read(reader, 10)
        queries.add_shown(reader, threads)
        return threads

    make_thread(forum, make_writer("Quito"), tags=["drains"])
    one = spent(shown, cai)
    make_thread(forum, make_writer("Lima"), tags=["drains"])
    make_thread(forum, make_writer("Lagos"), tags=["rain"])

    assert len(read(cai, 10)) == 3
    assert spent(shown, cai) == one
    assert one <= 6


def test_lists_hold_nothing_that_the_viewer_may_not_see() -> None:
    ana, dee = make_member("Ana"), make_moderator()
    closed = make_forum(audience="group", circle=make_circle(), kind="questions")
    secret = make_thread(closed, dee, tags=["secret"])
    hidden = make_thread(make_question_forum(), ana, tags=["veiled"])
    actions.hide_post(opening_of(hidden), by=dee, reason="Spam.")

    for viewer in (GUEST, make_member("Cai")):
        assert queries.latest_threads(viewer, 10) == []
        assert queries.unread_threads(viewer, 10) == []
        assert queries.unanswered_questions(viewer, 10) == []
        assert queries.threads_of_member(viewer, dee, 10) == queries.threads_of_member(viewer, ana, 10) == []
        assert queries.tags_like("", 10) == []
        for slug in ("secret", "veiled"):
            with pytest.raises(Http404):
                queries.tag_for(slug)
    assert queries.threads_of_member(dee, dee, 10) == [secret]
    assert queries.threads_of_member(ana, ana, 10) == [hidden]


def test_tags_are_suggested_whatever_their_case_and_accents() -> None:
    make_thread(tags=["Inundación", "inundable", "lluvia"])

    assert queries.tags_like("INUNDA", 5) == ["inundable", "Inundación"]
    assert queries.tags_like("inunda", 1) == ["inundable"]


def test_a_discussion_is_read_in_the_order_in_which_it_was_written() -> None:
    thread, cai = make_thread(), make_member("Cai")
    posts = [make_post(thread, cai) for _ in range(PAGE_SIZE + 3)]
    thread.refresh_from_db()

    first, second = queries.posts_of_thread(GUEST, thread, 1), queries.posts_of_thread(GUEST, thread, 2)

    assert first.posts == [opening_of(thread), *posts[:19]]
    assert second.posts == posts[19:]
    assert (first.page_count, second.page_count, second.has_next) == (2, 2, False)
    assert queries.posts_of_thread(GUEST, thread, 10**6).page == 2
    assert [queries.page_of_post(GUEST, post) for post in (posts[0], posts[18], posts[19])] == [1, 1, 2]


def test_a_question_is_followed_by_what_settled_it_and_what_helped_most() -> None:
    ana, cai, thread = make_member("Ana"), make_member("Cai"), make_thread(make_question_forum(), make_member("Bo"))
    plain, helpful, accepted = (make_post(thread, cai) for _ in range(3))
    on_question, on_helpful = make_post(thread, ana, answer=opening_of(thread)), make_post(thread, ana, answer=helpful)
    actions.vote(helpful, by=ana)
    actions.accept_answer(accepted, by=make_moderator())
    thread = queries.thread_for(GUEST, thread.pk)

    page = queries.posts_of_thread(GUEST, thread, 1)

    assert page.posts == [opening_of(thread), on_question, accepted, helpful, on_helpful, plain]
    assert page.page_count == 1
    assert queries.page_of_post(GUEST, on_helpful) == 1


def test_an_answer_is_found_on_its_page() -> None:
    thread, cai = make_thread(make_question_forum()), make_member("Cai")
    answers = [make_post(thread, cai) for _ in range(PAGE_SIZE)]
    comment = make_post(thread, cai, answer=answers[-1])
    actions.vote(answers[-2], by=make_member("Ana"))
    thread.refresh_from_db()

    pages = [queries.page_of_post(GUEST, post) for post in (answers[0], answers[-2], answers[-1], comment)]

    assert pages == [1, 1, 2, 2]
    assert queries.posts_of_thread(GUEST, thread, 2).posts == [answers[-1], comment]


def test_hidden_posts_are_on_the_pages_of_their_authors_and_moderators_only() -> None:
    cai, dee, thread = make_member("Cai"), make_moderator(), make_thread()
    post = make_post(thread, cai)
    actions.hide_post(post, by=dee, reason="Spam.")
    thread.refresh_from_db()

    counts = [len(queries.posts_of_thread(viewer, thread, 1).posts) for viewer in (GUEST, make_member("Bo"), cai, dee)]

    assert counts == [1, 1, 2, 2]


@pytest.mark.parametrize("make", [make_forum, make_question_forum])
def test_a_page_of_posts_costs_the_same_with_one_and_with_three(make: Any) -> None:
    cai, thread = make_member("Cai"), make_thread(make(), make_writer("Quito"))

    def read(reader: Member) -> list[Post]:
        return queries.posts_of_thread(reader, queries.thread_for(reader, thread.pk), 1).posts

    def cost() -> int:
        reader = as_in_a_new_request(cai)
        with CaptureQueriesContext(connection) as captured:
            posts = read(reader)
            _ = [(post.author.city.slug, post.reply_to and post.reply_to.author, post.thread.forum) for post in posts]
            queries.overlay(reader, posts)
        return len(captured)

    one = cost()
    reply = make_post(thread, make_writer("Lima"), reply_to=opening_of(thread))
    make_post(thread, make_writer("Lagos"), answer=reply)

    assert len(read(cai)) == 3
    assert cost() == one
    assert one <= 6


def test_the_overlay_says_what_is_mine() -> None:
    cai, thread = make_member("Cai"), make_thread(author=make_member("Ana"))
    own = make_post(thread, cai)
    actions.vote(opening_of(thread), by=cai)
    posts = queries.posts_of_thread(cai, thread, 1).posts

    assert queries.overlay(cai, posts) == queries.Overlay(
        own=frozenset({own.pk}), voted=frozenset({opening_of(thread).pk}), bookmarked=frozenset()
    )
    assert queries.overlay(GUEST, posts) == queries.Overlay(own=frozenset(), voted=frozenset(), bookmarked=frozenset())


def test_opening_posts_are_found_by_thread() -> None:
    threads = [make_thread(), make_thread()]

    assert queries.opening_posts(threads) == {thread.pk: opening_of(thread) for thread in threads}
