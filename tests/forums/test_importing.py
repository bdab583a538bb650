"""Conversations held elsewhere come with their dates."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from community.facts.models import Fact, StreamEntry
from community.members.models import Member
from forums.actions.importing import ImportedPost, ImportedThread, import_threads
from forums.models import Forum, Post, ReadMark, Thread, Vote
from tests.factories.forums import make_forum, make_question_forum
from tests.factories.members import make_member
from tests.forums.counting import assert_counters_are_right

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def said(author: Member, days_ago: float, body: str = "We had this too.", **fields: object) -> ImportedPost:
    written_at = NOW - timedelta(days=days_ago)
    return ImportedPost(author=author, body=body, language="en", written_at=written_at, **fields)  # type: ignore[arg-type]


def held(forum: Forum, *posts: ImportedPost, **fields: object) -> ImportedThread:
    plan: dict[str, object] = {"title": "Drains", "language": "en", "tags": ("flood",), **fields}
    return ImportedThread(forum=forum, posts=posts, **plan)  # type: ignore[arg-type]


def test_an_imported_question_has_its_answers_comments_votes_and_counters() -> None:
    ana, bo, cai = make_member("Ana"), make_member("Bo"), make_member("Cai")
    forum = make_question_forum()

    [thread] = import_threads(
        [
            held(
                forum,
                said(ana, 20, helpful_to=(bo,)),
                said(bo, 19, helpful_to=(ana, cai), is_accepted=True, reply_to=1),
                said(cai, 18, comment_on=2),
                is_locked=True,
            )
        ]
    )

    assert_counters_are_right()
    opening, answer, comment = Post.objects.order_by("pk")
    assert [post.kind for post in (opening, answer, comment)] == ["opening", "answer", "comment"]
    assert (answer.reply_to, comment.answer) == (opening, answer)
    thread.refresh_from_db()
    assert (thread.accepted, thread.answer_count, thread.post_count, thread.helpful_count) == (answer, 1, 3, 3)
    assert thread.is_locked
    assert thread.opened_at == opening.written_at == NOW - timedelta(days=20)
    assert [tag.name for tag in thread.tags.all()] == ["flood"]


def test_posts_of_all_threads_are_numbered_in_the_order_of_time() -> None:
    ana, forum = make_member("Ana"), make_forum()

    import_threads(
        [
            held(forum, said(ana, 3, "third"), said(ana, 1, "fifth")),
            held(forum, said(ana, 9, "first"), said(ana, 8, "second"), said(ana, 2, "fourth")),
        ]
    )

    in_order = Post.objects.order_by("pk").values_list("body_markdown", flat=True)
    assert list(in_order) == ["first", "second", "third", "fourth", "fifth"]
    assert Thread.objects.order_by("pk").first() == Post.objects.get(body_markdown="first").thread
    assert_counters_are_right()


def test_mentions_become_links() -> None:
    ana = make_member("Ana")
    make_member("Cai Morgan", handle="cai")

    import_threads([held(make_forum(), said(ana, 9, "Ask @cai and @nobody."))])

    html = Post.objects.get().body_html
    assert '<a href="/members/cai/" class="mention">@Cai Morgan</a>' in html
    assert "@nobody." in html


def test_only_what_is_still_news_is_told_as_new() -> None:
    ana, bo, forum = make_member("Ana"), make_member("Bo"), make_forum()

    old, new = import_threads(
        [held(forum, said(ana, 40), said(bo, 39), said(ana, 1)), held(forum, said(bo, 2), said(ana, 1.5))]
    )

    assert Counter(Fact.objects.values_list("name", flat=True)) == {
        "thread_imported": 2,
        "thread_opened": 1,
        "post_added": 2,
    }
    assert StreamEntry.objects.filter(stream=f"forum:{forum.pk}").count() == 5
    news = Fact.objects.exclude(name="thread_imported").order_by("pk").values_list("name", "ids__thread_id")
    assert list(news) == [("thread_opened", new.pk), ("post_added", new.pk), ("post_added", old.pk)]


def test_who_wrote_has_read_so_far() -> None:
    ana, bo = make_member("Ana"), make_member("Bo")

    import_threads([held(make_forum(), said(ana, 9, "first"), said(bo, 8, "second"), said(ana, 7, "third"))])

    ids = dict(Post.objects.values_list("body_markdown", "pk"))
    marks = dict(ReadMark.objects.values_list("member__name", "last_post_id"))
    assert marks == {"Ana": ids["third"], "Bo": ids["second"]}


def test_no_vote_lies_in_the_future() -> None:
    ana, bo = make_member("Ana"), make_member("Bo")

    import_threads([held(make_forum(), said(ana, 0.01, helpful_to=(bo,)))])

    assert Vote.objects.get().at <= timezone.now()
