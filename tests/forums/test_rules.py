"""Each rule and its queryset agree, for every role, audience and state."""

from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from community.members.models import City, Member
from community.members.rulings import Viewer
from community.topics.models import Theme
from forums import rules
from forums.choices import Audience, PartyRole, PostKind
from forums.models import Exchange, Forum, Party, Post, Thread
from tests.factories.exchanges import make_citizen
from tests.factories.forums import (
    make_forum,
    make_members_forum,
    make_post,
    make_question_forum,
    make_thread,
    make_thread_about,
    opening_of,
)
from tests.factories.members import (
    make_administrator,
    make_circle,
    make_member,
    make_moderator,
    make_theme,
)

pytestmark = pytest.mark.django_db
OFF = {"": {}, "hidden": {"hidden_at": timezone.now()}, "deleted": {"deleted_at": timezone.now()}}


def everybody(author: Member, commenter: Member) -> tuple[dict[str, Viewer], list[Forum]]:
    """One viewer a role, and one forum an audience."""
    viewers: dict[str, Viewer] = {
        "guest": AnonymousUser(),
        "stranger": make_member("Cai"),
        "author": author,
        "commenter": commenter,
        "insider": make_member("Ines"),
        "forum moderator": make_member("Fay"),
        "moderator": make_moderator(),
        "administrator": make_administrator(),
        "suspended author": make_member("Sus", is_active=False),
        **{f"city {role}": make_citizen("Mia", role.value) for role in PartyRole},
        "unconfirmed in a city taking part": make_citizen("Una", "asking", city_confirmed_at=None),
        "suspended in a city taking part": make_citizen("Sol", "asking", is_active=False),
    }
    circle = make_circle("coastal", viewers["insider"], author, viewers["city asking"])
    forums = [
        make_forum(audience=audience, circle=circle, moderators=moderators)
        for audience in Audience
        if audience != Audience.PARTIES
        for moderators in ([], [viewers["forum moderator"]])
    ]
    return viewers, forums


def fill(forum: Forum, author: Member, commenter: Member) -> None:
    """A thread of every audience and state, with posts of every state, and comments on them."""
    for audience, off in product(["", *Audience], product((False, True), repeat=2)):
        hidden, deleted = off
        thread = Thread.objects.create(
            forum=forum, author=author, title="Drains", language="en", audience=audience,
            is_hidden=hidden, is_deleted=deleted,
        )  # fmt: skip
        if audience == Audience.PARTIES:
            between_cities(thread)
        for state, fields in OFF.items():
            answer = written(thread, author, PostKind.ANSWER, f"{thread.pk} {state}", **fields)
            for comment, more in OFF.items():
                written(thread, commenter, PostKind.COMMENT, f"{answer.pk} {comment}", answer=answer, **more)


def between_cities(thread: Thread) -> None:
    """An exchange in which one city stands in each role."""
    asking = City.objects.get(slug=PartyRole.ASKING)
    exchange = Exchange.objects.create(
        forum=thread.forum, thread=thread, city=asking, title="Drains", sought="Help.", language="en",
        languages=" en ", needed_by="2030-01-01", theme=Theme.objects.first() or make_theme(),
    )  # fmt: skip
    for role in PartyRole:
        Party.objects.create(exchange=exchange, city=City.objects.get(slug=role), role=role)


def written(thread: Thread, author: Member, kind: PostKind, token: str, **fields: Any) -> Post:
    return Post.objects.create(
        thread=thread, author=author, kind=kind, token=token, language="en", renderer_version=1,
        body_markdown="", body_html="", **fields,
    )  # fmt: skip


def test_what_is_listed_as_seeable_is_what_may_be_seen() -> None:
    author, commenter = make_member("Ana"), make_member("Bo")
    viewers, forums = everybody(author, commenter)
    for forum in forums:
        fill(forum, author, commenter)
    threads = Thread.objects.select_related("forum")
    posts = Post.objects.select_related("thread__forum", "answer")

    for name, viewer in viewers.items():
        assert {f for f in forums if rules.can_see_forum(viewer, f)} == set(rules.seeable_forums(viewer)), name
        seen = {thread for thread in threads if rules.can_see_thread(viewer, thread)}
        assert seen == set(rules.seeable_threads(viewer)), name
        assert {post for post in posts if rules.can_see_post(viewer, post)} == set(rules.seeable_posts(viewer)), name


def test_what_is_listed_of_one_forum_and_one_thread_is_what_may_be_seen_there() -> None:
    author, commenter = make_member("Ana"), make_member("Bo")
    viewers, forums = everybody(author, commenter)
    for forum in forums[::2]:
        fill(forum, author, commenter)

    for name, viewer in viewers.items():
        for forum in rules.seeable_forums(viewer):
            here = set(rules.threads_of(viewer, forum))
            assert here == set(rules.seeable_threads(viewer).filter(forum=forum)), name
            for thread in list(here)[:6]:
                moderating = rules.moderates(viewer, forum)
                seen = set(rules.posts_of(viewer, thread, moderating=moderating))
                assert seen == set(rules.seeable_posts(viewer).filter(thread=thread)), name


def test_listed_threads_and_shown_posts_are_what_every_reader_of_the_forum_sees() -> None:
    author, commenter = make_member("Ana"), make_member("Bo")
    viewers, forums = everybody(author, commenter)
    readers = {Audience.GUESTS: "guest", Audience.MEMBERS: "stranger", Audience.GROUP: "insider"}

    for forum in forums[::2]:
        fill(forum, author, commenter)
        reader = viewers[readers[forum.audience]]

        assert set(rules.listed_threads(forum)) == {thread for thread in forum.threads.all() if rules.is_listed(thread)}
        assert set(rules.listed_threads(forum)) == set(rules.threads_of(reader, forum))
        for thread in rules.listed_threads(forum):
            shown = set(thread.posts.filter(rules.shown_posts()))
            assert shown == {post for post in thread.posts.all() if rules.is_shown(post)}


def test_a_guest_reads_an_open_forum_and_nothing_else() -> None:
    open_forum, members, closed = make_forum(), make_members_forum(), make_forum(audience="group", circle=make_circle())

    seen = set(rules.seeable_forums(AnonymousUser()))

    assert seen == {open_forum}
    assert not rules.can_see_forum(AnonymousUser(), members)
    assert not rules.can_see_forum(AnonymousUser(), closed)


def test_a_closed_forum_is_read_by_its_group_and_its_moderators() -> None:
    insider, own, stranger = make_member("Ines"), make_member("Fay"), make_member("Cai")
    forum = make_forum(audience="group", circle=make_circle("coastal", insider), moderators=[own])

    readers = [viewer for viewer in (insider, own, stranger, make_moderator()) if rules.can_see_forum(viewer, forum)]

    assert [reader.name for reader in readers] == ["Ines", "Fay", "Dee"]


def test_a_thread_about_something_may_be_for_fewer_than_its_forum() -> None:
    thread = make_thread_about(make_forum(), make_member("Ana"), audience="members")

    assert not rules.can_see_thread(AnonymousUser(), thread)
    assert rules.can_see_thread(make_member("Cai"), thread)


def test_a_thread_is_never_for_more_than_its_forum() -> None:
    thread = make_thread_about(make_forum(), make_member("Ana"), forum=make_members_forum(), audience="guests")

    assert not rules.can_see_thread(AnonymousUser(), thread)


def test_a_hidden_post_is_seen_by_its_author_and_moderators_only() -> None:
    ana, own = make_member("Ana"), make_member("Fay")
    post = make_post(make_thread(make_forum(moderators=[own])), ana)
    post.hidden_at = timezone.now()

    viewers = [AnonymousUser(), make_member("Cai"), ana, own, make_moderator(), make_administrator()]

    assert [bool(rules.can_see_post(viewer, post)) for viewer in viewers] == [False, False, True, True, True, True]


def test_a_suspended_member_is_a_guest() -> None:
    sus = make_member("Sus", is_active=False, is_moderator=True)
    thread = make_thread(make_members_forum())

    assert not rules.can_see_thread(sus, thread)
    assert not rules.can_open_thread(sus, make_forum())


def test_guests_are_asked_to_sign_in_before_they_write() -> None:
    thread = make_thread()
    guest = AnonymousUser()

    refusals = [
        rules.can_open_thread(guest, thread.forum),
        rules.can_reply(guest, thread),
        rules.can_vote(guest, opening_of(thread)),
        rules.can_edit_post(guest, opening_of(thread)),
        rules.can_lock_thread(guest, thread),
    ]

    assert {str(ruling.reason) for ruling in refusals} == {"Sign in first, please."}


def test_only_moderators_write_in_a_locked_thread() -> None:
    ana, own = make_member("Ana"), make_member("Fay")
    thread = make_thread(make_forum(moderators=[own]), ana, body="Ours overflows.")
    thread.is_locked = True
    opening = opening_of(thread)
    opening.thread = thread

    assert not rules.can_reply(ana, thread)
    assert not rules.can_edit_post(ana, opening)
    assert not rules.can_delete_post(ana, opening)
    assert rules.can_reply(own, thread)
    assert rules.can_reply(make_moderator(), thread)


def test_nobody_votes_for_her_own_post() -> None:
    ana = make_member("Ana")
    post = make_post(make_thread(), ana)

    assert not rules.can_vote(ana, post)
    assert rules.can_vote(make_member("Cai"), post)


def test_an_answer_is_accepted_by_the_asker_or_a_moderator() -> None:
    ana, cai = make_member("Ana"), make_member("Cai")
    question = make_thread(make_question_forum(), ana)
    answer = make_post(question, cai)

    viewers = [AnonymousUser(), cai, ana, make_moderator()]

    assert [bool(rules.can_accept(viewer, answer)) for viewer in viewers] == [False, False, True, True]


def test_only_a_visible_answer_to_a_question_is_accepted() -> None:
    ana = make_member("Ana")
    reply = make_post(make_thread(make_forum(), ana))
    question = make_thread(make_question_forum(), ana)
    answer, hidden = make_post(question), make_post(question)
    comment = make_post(question, answer=answer)
    hidden.hidden_at = timezone.now()

    for post in (reply, comment, opening_of(question), hidden):
        assert not rules.can_accept(make_moderator(), post)


def test_a_forums_own_moderator_moderates_there_and_nowhere_else() -> None:
    own = make_member("Fay")
    here, elsewhere = make_thread(make_forum(moderators=[own])), make_thread()

    for can in (rules.can_lock_thread, rules.can_pin_thread, rules.can_move_thread):
        assert can(own, here)
        assert not can(own, elsewhere)
    assert rules.can_hide_post(own, opening_of(here))
    assert not rules.can_hide_post(own, opening_of(elsewhere))
    assert not rules.can_move_thread(own, here, elsewhere.forum)


def test_a_conversation_between_cities_is_read_by_those_taking_part_and_by_moderators() -> None:
    author = make_member("Ana")
    viewers, forums = everybody(author, make_member("Bo"))
    thread = Thread.objects.create(
        forum=forums[1], author=author, title="Drains", language="en", audience=Audience.PARTIES
    )
    between_cities(thread)

    readers = {name for name, viewer in viewers.items() if rules.can_see_thread(viewer, thread)}

    cities = {"city asking", "city responded", "city matched"}
    assert readers == cities | {"forum moderator", "moderator", "administrator"}
