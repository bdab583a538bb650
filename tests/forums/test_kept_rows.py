"""The rows of a thread's page are read once for all who see the same of it, and anew once anything has changed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.members.actions import change_profile
from community.members.models import Member
from forums import actions
from forums.models import Post, Thread
from forums.queries import posts, threads
from tests.factories.deliveries import deliver_all
from tests.factories.forums import make_members_forum, make_post, make_question_forum, make_thread
from tests.factories.members import make_city, make_member, make_moderator

pytestmark = pytest.mark.django_db


class Reader:
    def __init__(self, member: Member | None = None) -> None:
        self.client = Client()
        if member:
            self.client.force_login(member)

    def reads(self, thread: Thread, page: int = 1) -> str:
        answer = self.client.get(f"/threads/{thread.pk}/{thread.slug}/?page={page}")
        assert answer.status_code == 200
        return answer.content.decode()

    def shown(self, thread: Thread) -> str:
        """The posts alone: beside them stands what is hers."""
        return "".join(re.findall(r'<article class="post.*?</article>', self.reads(thread), re.DOTALL))


def reads_posts(reader: Reader, thread: Thread) -> bool:
    with CaptureQueriesContext(connection) as captured:
        reader.reads(thread)
    return any('"forums_post"."body_html"' in query["sql"] for query in captured)


@pytest.mark.parametrize("forum", [make_question_forum, make_members_forum])
def test_what_one_reader_was_given_another_is_given_without_the_posts_being_read(forum: Callable[[], Any]) -> None:
    thread, ana, cai = make_thread(forum()), Reader(make_member("Ana")), Reader(make_member("Cai"))
    make_post(thread, body="We had this in 2019.")

    assert reads_posts(ana, thread)
    assert not reads_posts(cai, thread)
    assert "We had this in 2019." in cai.shown(thread)


def rename(member: Member) -> None:
    same = {name: getattr(member, name) for name in ("position", "city", "reads", "language", "timezone", "about")}
    change_profile(member, by=member, name="Caio", organisation="", themes=[], tags=[], **same)


CHANGES: dict[str, Callable[[Post, Post, Member, Member], object]] = {
    "a reply": lambda post, other, author, dee: make_post(post.thread, body="New."),
    "a comment": lambda post, other, author, dee: make_post(post.thread, answer=post, body="New."),
    "an edit": lambda post, other, author, dee: actions.edit_post(post, by=author, body="Other.", reason=""),
    "a deletion": lambda post, other, author, dee: actions.delete_post(post, by=author),
    "a hiding": lambda post, other, author, dee: actions.hide_post(post, by=dee, reason="Spam."),
    "an acceptance": lambda post, other, author, dee: actions.accept_answer(other, by=dee),
    "helpful": lambda post, other, author, dee: actions.vote(other, by=dee),
    "another name": lambda post, other, author, dee: rename(author),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_any_change_every_reader_is_given_what_stands_there_now(change: Any) -> None:
    author, dee, thread = make_member("Cai", city=make_city()), make_moderator(), make_thread(make_question_forum())
    post, other = make_post(thread, author, body="First."), make_post(thread, body="Second.")
    readers = [Reader(), Reader(make_member("Ana")), Reader(author), Reader(dee)]
    before = [reader.shown(thread) for reader in readers]

    change(post, other, author, dee)
    deliver_all()

    after = [reader.shown(thread) for reader in readers]
    for reader, shown in zip(readers, after, strict=True):
        posts.KEPT.forget()
        threads.KEPT.forget()
        assert reader.shown(thread) == shown
    assert all(is_other != was for is_other, was in zip(after, before, strict=True))


def test_who_wrote_what_is_hidden_goes_on_reading_it_and_nobody_else_is_given_her_rows() -> None:
    author, dee, thread = make_member("Cai"), make_moderator(), make_thread()
    post = make_post(thread, author, body="Buy my pumps.")
    actions.hide_post(post, by=dee, reason="Spam.")

    for member in (author, dee):
        assert "Buy my pumps." in Reader(member).shown(thread)
    for reader in (Reader(make_member("Ana")), Reader()):
        assert "Buy my pumps." not in reader.shown(thread)
    assert "Buy my pumps." in Reader(author).shown(thread)


def test_how_far_one_has_read_is_not_told_to_the_next_reader() -> None:
    thread, ana, bo = make_thread(), make_member("Ana"), make_member("Bo")
    posts = [make_post(thread) for _ in range(3)]
    actions.mark_read(thread, member=ana, up_to=posts[0].pk)

    first = Reader(ana).reads(thread)
    assert 'id="unread"' not in Reader(bo).reads(thread)

    actions.mark_read(thread, member=bo, up_to=posts[1].pk)
    assert place_of_unread(first) == posts[1].pk
    assert place_of_unread(Reader(bo).reads(thread)) == posts[2].pk


def place_of_unread(html: str) -> int:
    """The id of the post before which one reads on."""
    behind = html.partition('id="unread"')[2]
    return int(behind.partition('id="post-')[2].partition('"')[0])
