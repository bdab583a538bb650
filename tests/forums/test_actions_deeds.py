"""Deleting, moderating, voting, accepting: each deed, its inverse, and who is refused."""

from typing import Any

import pytest

from community.facts.models import Fact, StreamEntry
from community.members.rulings import NotAllowed
from community.moderation.models import Decision
from forums import actions
from forums.models import Forum, Post, Thread, Vote
from tests.factories.forums import (
    make_forum,
    make_members_forum,
    make_post,
    make_question_forum,
    make_thread,
    opening_of,
)
from tests.factories.members import make_member, make_moderator

pytestmark = pytest.mark.django_db


def streams_of(name: str) -> set[str]:
    facts = Fact.objects.filter(name=name)
    return set(StreamEntry.objects.filter(fact__in=facts).values_list("stream", flat=True))


def decisions() -> list[tuple[Any, ...]]:
    rows = Decision.objects.order_by("pk").values_list("deed", "target_type__model", "target_id", "by__name", "reason")
    return list(rows)


def own(thing: Thread | Post) -> str:
    """The stream of who wrote it: she sees it still."""
    return f"member:{thing.author_id}"


def again(thread: Thread) -> Thread:
    return Thread.objects.select_related("forum").get(pk=thread.pk)


def test_deleting_the_opening_post_takes_its_thread_away_and_undeleting_brings_it_back() -> None:
    ana = make_member("Ana")
    thread = make_thread(author=ana)

    actions.delete_post(opening_of(thread), by=ana)

    assert again(thread).is_deleted
    assert again(thread).forum.thread_count == 0
    assert streams_of("post_deleted") == {f"thread:{thread.pk}", f"forum:{thread.forum_id}", "access", own(thread)}

    actions.undelete_post(opening_of(thread), by=ana)

    assert not again(thread).is_deleted
    assert again(thread).forum.thread_count == 1


def test_hiding_the_opening_post_hides_its_thread() -> None:
    thread, dee = make_thread(), make_moderator()

    actions.hide_post(opening_of(thread), by=dee, reason="Spam.")

    assert again(thread).is_hidden
    assert streams_of("post_hidden") == {f"thread:{thread.pk}", f"forum:{thread.forum_id}", "access", own(thread)}


def test_a_hidden_reply_is_not_counted_and_its_decision_is_kept() -> None:
    dee, thread = make_moderator(), make_thread()
    post = make_post(thread)

    actions.hide_post(post, by=dee, reason="Spam.")
    actions.hide_post(post, by=dee, reason="Spam again.")

    assert again(thread).post_count == 1
    assert Post.objects.get(pk=post.pk).version == 2
    assert streams_of("post_hidden") == {f"thread:{thread.pk}", f"forum:{thread.forum_id}", own(post)}

    actions.restore_post(post, by=dee, reason="It was not.")

    assert again(thread).post_count == 2
    assert decisions() == [
        ("hide", "post", post.pk, "Dee", "Spam."),
        ("restore", "post", post.pk, "Dee", "It was not."),
    ]


def test_members_do_not_moderate() -> None:
    thread, ana = make_thread(), make_member("Ana")
    reason = {"by": ana, "reason": "I do not like it."}
    deeds = [
        lambda: actions.hide_post(opening_of(thread), **reason),
        lambda: actions.restore_post(opening_of(thread), **reason),
        lambda: actions.lock_thread(thread, **reason),
        lambda: actions.unlock_thread(thread, **reason),
        lambda: actions.pin_thread(thread, **reason),
        lambda: actions.unpin_thread(thread, **reason),
        lambda: actions.move_thread(thread, to=make_forum(), **reason),
    ]

    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()

    assert decisions() == []


def test_a_thread_is_locked_pinned_and_released_each_once_with_its_reason() -> None:
    dee, thread = make_moderator(), make_thread()

    for _ in range(2):
        actions.lock_thread(thread, by=dee, reason="Settled.")
        actions.pin_thread(thread, by=dee, reason="Read first.")
    assert (again(thread).is_locked, again(thread).is_pinned) == (True, True)
    actions.unlock_thread(thread, by=dee, reason="Open again.")
    actions.unpin_thread(thread, by=dee, reason="Read by all.")

    assert (again(thread).is_locked, again(thread).is_pinned) == (False, False)
    assert [(deed, reason) for deed, *_, reason in decisions()] == [
        ("lock", "Settled."),
        ("pin", "Read first."),
        ("unlock", "Open again."),
        ("unpin", "Read by all."),
    ]
    assert streams_of("thread_locked") == {f"thread:{thread.pk}", f"forum:{thread.forum_id}"}


def test_a_moved_thread_is_counted_where_it_stands_and_told_on_both_forums() -> None:
    dee, thread, to = make_moderator(), make_thread(), make_members_forum()

    actions.move_thread(thread, by=dee, to=to, reason="Belongs there.")

    assert again(thread).forum == to
    assert list(Forum.objects.order_by("pk").values_list("thread_count", flat=True)) == [0, 1]
    assert Forum.objects.get(pk=thread.forum_id).last_post_at is None
    assert streams_of("thread_moved") == {f"thread:{thread.pk}", f"forum:{thread.forum_id}", f"forum:{to.pk}", "access"}
    assert decisions() == [("move", "thread", thread.pk, "Dee", "Belongs there.")]


def test_among_questions_a_moved_threads_replies_are_answers() -> None:
    dee, ana = make_moderator(), make_member("Ana")
    thread, questions, talk = make_thread(make_forum(), ana), make_question_forum(), make_forum()
    reply = make_post(thread)

    actions.move_thread(thread, by=dee, to=questions, reason="A question.")
    actions.accept_answer(reply, by=ana)
    accepted = again(thread).accepted
    actions.move_thread(thread, by=dee, to=talk, reason="A discussion.")
    away = again(thread).accepted
    actions.move_thread(thread, by=dee, to=questions, reason="A question after all.")

    assert Post.objects.get(pk=reply.pk).kind == "answer"
    assert (accepted, away, again(thread).accepted) == (reply, None, reply)


def test_a_thread_is_not_moved_where_it_is_nor_where_its_mover_does_not_moderate() -> None:
    own = make_member("Fay")
    thread = make_thread(make_forum(moderators=[own]))

    for to in (thread.forum, make_forum()):
        with pytest.raises(NotAllowed):
            actions.move_thread(thread, by=own, to=to, reason="Away.")


def test_a_vote_counts_once_and_can_be_taken_back() -> None:
    ana, cai, thread = make_member("Ana"), make_member("Cai"), make_thread()
    post = make_post(thread, cai)

    actions.vote(post, by=ana)
    actions.vote(post, by=ana)
    assert Post.objects.get(pk=post.pk).helpful_count == Vote.objects.count() == again(thread).helpful_count == 1

    actions.unvote(post, by=ana)
    actions.unvote(post, by=ana)
    assert Post.objects.get(pk=post.pk).helpful_count == Vote.objects.count() == again(thread).helpful_count == 0
    assert Fact.objects.filter(name="post_voted").count() == 2


def test_nobody_votes_for_her_own_post() -> None:
    cai = make_member("Cai")
    post = make_post(make_thread(), cai)

    with pytest.raises(NotAllowed):
        actions.vote(post, by=cai)

    assert Vote.objects.count() == 0


def test_accepting_another_answer_takes_the_first_one_back() -> None:
    ana = make_member("Ana")
    thread = make_thread(make_question_forum(), ana)
    first, second = make_post(thread, make_member("Bo")), make_post(thread, make_member("Cai"))

    actions.accept_answer(first, by=ana)
    actions.accept_answer(second, by=ana)

    assert again(thread).accepted == second
    assert list(Post.objects.filter(is_accepted=True)) == [second]
    assert Fact.objects.get(name="answer_unaccepted").ids["post_id"] == first.pk

    actions.unaccept_answer(second, by=ana)

    assert again(thread).accepted is None
    assert not Post.objects.filter(is_accepted=True).exists()


def test_only_asker_and_moderators_accept() -> None:
    thread = make_thread(make_question_forum(), make_member("Ana"))
    answer = make_post(thread, make_member("Bo"))

    with pytest.raises(NotAllowed):
        actions.accept_answer(answer, by=make_member("Cai"))

    actions.accept_answer(answer, by=make_moderator())
    assert again(thread).accepted == answer


def test_an_accepted_answer_that_is_hidden_settles_nothing_until_it_is_restored() -> None:
    ana, dee = make_member("Ana"), make_moderator()
    thread = make_thread(make_question_forum(), ana)
    answer = make_post(thread)
    actions.accept_answer(answer, by=ana)

    actions.hide_post(answer, by=dee, reason="Spam.")
    assert again(thread).accepted is None

    actions.restore_post(answer, by=dee, reason="It was not.")
    assert again(thread).accepted == answer
