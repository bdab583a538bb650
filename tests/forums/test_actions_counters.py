"""Whatever is done in whichever order, counters equal what counting the rows gives."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.members.models import Member
from community.members.rulings import NotAllowed
from forums import actions
from forums.models import Forum, Post, Thread, Vote
from tests.factories.forums import make_forum, make_members_forum, make_question_forum, make_thread
from tests.factories.members import make_member, make_moderator
from tests.forums.counting import assert_counters_are_right

Deed = Callable[[Post, Member, Forum], object]
numbers = iter(range(10**9))


def token() -> str:
    return f"token-{next(numbers)}"


DEEDS: dict[str, Deed] = {
    "open": lambda post, by, forum: make_thread(forum, by),
    "reply": lambda post, by, forum: actions.post_reply(post.thread, author=by, body="Ours too.", token=token()),
    "quote": lambda post, by, forum: actions.post_reply(
        post.thread, author=by, body="Ours too.", token=token(), reply_to=post
    ),
    "comment": lambda post, by, forum: actions.post_reply(
        post.thread, author=by, body="How wide?", token=token(), answer=post
    ),
    "edit": lambda post, by, forum: actions.edit_post(post, by=by, body="Wider.", title="Wider drains"),
    "vote": lambda post, by, forum: actions.vote(post, by=by),
    "unvote": lambda post, by, forum: actions.unvote(post, by=by),
    "accept": lambda post, by, forum: actions.accept_answer(post, by=by),
    "unaccept": lambda post, by, forum: actions.unaccept_answer(post, by=by),
    "delete": lambda post, by, forum: actions.delete_post(post, by=by),
    "undelete": lambda post, by, forum: actions.undelete_post(post, by=by),
    "hide": lambda post, by, forum: actions.hide_post(post, by=by, reason="Spam."),
    "restore": lambda post, by, forum: actions.restore_post(post, by=by, reason="It was not."),
    "lock": lambda post, by, forum: actions.lock_thread(post.thread, by=by, reason="Settled."),
    "unlock": lambda post, by, forum: actions.unlock_thread(post.thread, by=by, reason="Not settled."),
    "pin": lambda post, by, forum: actions.pin_thread(post.thread, by=by, reason="Read first."),
    "move": lambda post, by, forum: actions.move_thread(post.thread, by=by, to=forum, reason="Belongs there."),
}
MODERATORS_DEEDS = ["hide", "restore", "lock", "unlock", "pin", "move"]


@contextmanager
def undone() -> Iterator[None]:
    """What one example writes is taken back."""
    with transaction.atomic():
        transaction.get_connection().atomic_blocks[-1]._from_testcase = True  # actions are durable but in tests
        try:
            yield
        finally:
            transaction.set_rollback(True)


@pytest.mark.django_db
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99)),
        min_size=4,
        max_size=25,
    )
)
def test_counters_equal_the_rows_after_any_deeds(deeds: list[tuple[str, int, int, int]]) -> None:
    with undone():
        members = [make_member("Ana"), make_member("Cai"), make_moderator()]
        forums = [make_question_forum(), make_forum(), make_members_forum()]
        for forum in forums[:2]:
            make_thread(forum, members[0])

        for name, post_number, member_number, forum_number in deeds:
            posts = Post.objects.select_related("thread__forum", "answer").order_by("pk")
            post = posts[post_number % len(posts)]
            by = members[2] if name in MODERATORS_DEEDS else members[member_number % len(members)]
            try:
                DEEDS[name](post, by, forums[forum_number % len(forums)])
            except (NotAllowed, Http404):
                continue
            assert_counters_are_right()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["opening", "answer", "comment"])
def test_hiding_and_restoring_leaves_everything_as_it_was(kind: str) -> None:
    ana, dee, cai = make_member("Ana"), make_moderator(), make_member("Cai")
    thread = make_thread(make_question_forum(), ana)
    answer = actions.post_reply(thread, author=cai, body="A grate.", token=token())
    actions.post_reply(thread, author=make_member("Bo"), body="How wide?", token=token(), answer=answer)
    actions.vote(answer, by=ana)
    actions.accept_answer(answer, by=ana)
    before = state_of(thread)
    post = Post.objects.get(thread=thread, kind=kind)

    actions.hide_post(post, by=dee, reason="Spam.")
    assert_counters_are_right()
    hidden = state_of(thread)
    actions.restore_post(post, by=dee, reason="It was not.")

    assert hidden != before
    assert state_of(thread) == before


def state_of(thread: Thread) -> list[object]:
    """Everything but versions."""
    threads = Thread.objects.filter(pk=thread.pk).values(
        "post_count", "answer_count", "helpful_count", "accepted", "last_post_id", "last_post_at", "is_hidden"
    )
    forums = Forum.objects.values("pk", "thread_count", "last_post_at")
    posts = Post.objects.order_by("pk").values("pk", "hidden_at", "is_accepted", "helpful_count")
    return [list(threads), list(forums), list(posts), Vote.objects.count()]
