"""What of a thread has changed is read a table at a time, and is what its page shows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from community.topics.actions import join_tags
from forums.fragments import post_fragment
from forums.models import Post
from forums.places import place_of_post
from forums.queries.changed import changed_posts, changed_thread
from forums.queries.posts import posts_of_thread
from tests.factories.forums import make_post, make_question_forum, make_thread
from tests.factories.members import make_city, make_member

pytestmark = pytest.mark.django_db
Count = Callable[[int], Any]


def shown(post: Post) -> tuple[str, str]:
    return place_of_post(post), post_fragment.render(post, "en", "member")


def test_a_reply_is_read_in_four_queries(django_assert_num_queries: Count) -> None:
    reply = make_post(make_thread(), author=make_member("Ana"))
    with django_assert_num_queries(4):
        thread = changed_thread(reply.thread_id)
        assert thread is not None
        assert [post.pk for post in changed_posts({reply.pk}, thread)] == [reply.pk]


def test_an_answer_comes_with_its_comments_and_all_that_stands_beside_them(django_assert_num_queries: Count) -> None:
    thread = make_thread(make_question_forum(), author=make_member("Ana", city=make_city()))
    answer = make_post(thread, author=make_member("Ben"))
    comment = make_post(thread, author=make_member("Cai", city=make_city("Recife")), answer=answer)
    with django_assert_num_queries(6):
        found = changed_posts({answer.pk}, changed_thread(thread.pk))
        changed = [shown(post) for post in found]
    on_page = {post.pk: post for post in posts_of_thread(AnonymousUser(), thread, 1).posts}
    assert changed == [shown(on_page[answer.pk]), shown(on_page[comment.pk])]


def test_a_reply_shows_to_whom_it_answers_and_moves_with_it(django_assert_num_queries: Count) -> None:
    thread = make_thread()
    first = make_post(thread, author=make_member("Ben"))
    second = make_post(thread, author=make_member("Cai"), reply_to=first)
    with django_assert_num_queries(5):
        found = changed_posts({first.pk})
        assert [post.pk for post in found] == [first.pk, second.pk]
        assert "In reply to Ben" in shown(found[1])[1]


def test_where_nothing_changed_nothing_is_asked(django_assert_num_queries: Count) -> None:
    with django_assert_num_queries(0):
        assert changed_posts(set()) == []


def test_what_a_threads_tags_mean_is_one_query_and_each_once(django_assert_num_queries: Count) -> None:
    thread = make_thread(tags=["flood", "drains", "inundação"])
    join_tags(thread.tags.get(name="flood"), "inundação")
    with django_assert_num_queries(1):
        assert [tag.name for tag in thread.shown_tags] == ["flood", "drains"]
