"""Who opened a thread is told what moderators did with it."""

from collections.abc import Callable
from typing import Any

import pytest

from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.queries import notices_of
from forums.actions import hide_post, lock_thread, move_thread, pin_thread, restore_post, unlock_thread
from forums.choices import Audience
from forums.models import Thread
from forums.notices import HIDDEN
from tests.factories.deliveries import deliver_all
from tests.factories.forums import make_forum, make_post, make_thread
from tests.factories.members import make_circle, make_member, make_moderator

pytestmark = pytest.mark.django_db
Deed = Callable[..., Thread]


def told(member: Any) -> list[tuple[str, str]]:
    deliver_all()
    return [(each.shown.text, each.shown.url) for each in notices_of(member).notices]


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (lock_thread, "Moderators closed your thread “Pumps” to replies. Their reason: It is settled."),
        (pin_thread, "Your thread “Pumps” stands first in Floods now."),
    ],
)
def test_of_a_deed_in_words_with_the_way_to_it(deed: Deed, words: str) -> None:
    ana, thread = make_member("Ana"), make_thread(forum=make_forum("floods"), title="Pumps")
    Thread.objects.filter(pk=thread.pk).update(author=ana)

    deed(thread, by=make_moderator(), reason="It is settled.")

    assert told(ana) == [(words, f"/threads/{thread.pk}/{thread.slug}/")]


def test_of_a_post_that_is_hidden_and_shown_twice_the_last_word_stands_and_no_other() -> None:
    ana, dee = make_member("Ana"), make_moderator()
    post = make_post(make_thread(title="Pumps"), ana)
    texts = []

    for deed, reason in ((hide_post, "A."), (restore_post, "Sorry."), (hide_post, "B."), (restore_post, "Sorry.")):
        deed(post, by=dee, reason=reason)
        texts.append([text for text, _ in told(ana)])

    shown = ["Moderators made your post in “Pumps” visible again."]
    assert texts == [
        ["Moderators hid your post in “Pumps”. Their reason: A."],
        shown,
        ["Moderators hid your post in “Pumps”. Their reason: B."],
        shown,
    ]


def test_a_word_that_comes_late_does_not_take_the_place_of_a_later_one() -> None:
    ana, dee = make_member("Ana"), make_moderator()
    post = make_post(make_thread(title="Pumps"), ana)
    hide_post(post, by=dee, reason="B.")
    deliver_all()
    last = Notice.objects.get(kind=HIDDEN.name)

    notify(ana.pk, HIDDEN, target_id=post.pk, fact_id=last.fact_id - 1, actor_id=dee.pk)

    assert Notice.objects.filter(kind=HIDDEN.name).get() == last


def test_of_a_move_to_where_and_why_and_that_it_takes_replies_again() -> None:
    ana, dee, talk = make_member("Ana"), make_moderator(), make_forum("talk")
    thread = make_thread(author=ana, title="Pumps")

    move_thread(thread, by=dee, to=talk, reason="It asks nothing.")
    lock_thread(thread, by=dee, reason="Wait.")
    unlock_thread(thread, by=dee, reason="Go on.")

    texts = [text for text, _ in told(ana)]
    assert "Your thread “Pumps” takes replies again." in texts
    assert "Your thread “Pumps” stands in another forum now: Talk. The reason: It asks nothing." in texts


def test_of_a_thread_that_she_does_not_see_there_nothing_is_said() -> None:
    ana, circle = make_member("Ana"), make_circle("inner")
    closed = make_forum("closed", audience=Audience.GROUP, circle=circle)
    thread = make_thread(author=ana)

    move_thread(thread, by=make_moderator(), to=closed, reason="For the inner circle.")

    assert told(ana) == []


def test_who_does_it_to_her_own_thread_and_who_only_reads_it_are_told_nothing() -> None:
    dee, reader = make_moderator(), make_member("Cai")
    thread = make_thread(author=dee)

    lock_thread(thread, by=dee, reason="Settled.")

    assert told(dee) == told(reader) == []
    assert not Notice.objects.exists()
