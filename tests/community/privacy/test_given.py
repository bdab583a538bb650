"""An archive holds what is hers and what concerns her, and neither others' words nor what she may no longer see."""

from typing import Any

import pytest

from community.members.models import Member
from community.personal.ports import HOLDINGS
from community.personal.rows import rows_of
from community.polls.actions import cast
from community.privacy.queries import person_of
from forums.actions import delete_post, edit_post, keep_bookmark, vote
from forums.choices import Audience
from forums.models import Exchange, Revision
from tests.factories.exchanges import make_citizen, make_draft, make_met
from tests.factories.forums import make_forum, make_post, make_thread, opening_of
from tests.factories.members import make_circle, make_member, make_moderator
from tests.factories.polls import make_poll, options_of

pytestmark = pytest.mark.django_db(transaction=True)
OURS = "canary-of-others"


def given(member: Member, label: str) -> list[dict[str, Any]]:
    return list(rows_of(HOLDINGS[label], person_of(member)))


def everything(member: Member) -> str:
    return "\n".join(str(row) for label in HOLDINGS for row in given(member, label))


def test_titles_are_told_where_she_still_sees_the_thread():
    ana, cai = make_member("Ana"), make_member("Cai")
    circle = make_circle("inner", ana, cai)
    closed = make_thread(make_forum("inner", audience=Audience.GROUP, circle=circle), cai, title=OURS)
    opened = make_thread(author=cai, title="Drains")
    for thread in (closed, opened):
        make_post(thread, ana, "Clear it twice.")
        vote(opening_of(thread), by=ana)
        keep_bookmark(opening_of(thread), by=ana, note="Read.", remind_at=None)
    while_in = everything(ana).count(OURS)

    circle.people.remove(ana)

    assert while_in == 3 and OURS not in everything(ana)
    for label in ("forums.Post", "forums.Vote", "forums.Bookmark"):
        assert [row["thread_title"] for row in given(ana, label)] == ["", "Drains"]


def test_of_others_posts_that_she_edited_she_is_told_that_she_did():
    dee, cai = make_moderator(), make_member("Cai")
    post = make_post(make_thread(author=cai), cai, "Cleaned.")
    Revision.objects.create(post=post, body_markdown=OURS, replaced_by=dee, reason="It named a resident.")
    own = make_post(post.thread, dee, "My first words.")
    edit_post(own, by=dee, body="My last words.")

    assert [(row["earlier_text"], row["reason"], row["is_by_you"]) for row in given(dee, "forums.Revision")] == [
        ("", "It named a resident.", True),
        ("My first words.", "", True),
    ]
    assert [(row["earlier_text"], row["is_by_you"]) for row in given(cai, "forums.Revision")] == [(OURS, False)]


def test_the_door_of_a_meeting_and_the_draft_of_an_outcome_are_others_too():
    ana = make_citizen("Ana")
    exchange = make_met(ana, make_citizen("Sol", "puno"), sought="How do you clear them?")
    make_draft(exchange, ana, OURS)
    Exchange.objects.update(meeting_link=f"https://meet.example/{OURS}")

    [asked], [outcome] = given(ana, "forums.Exchange"), given(ana, "forums.Outcome")

    assert asked["sought"] == "How do you clear them?" and outcome["thread_title"] == exchange.thread.title
    assert OURS not in everything(ana)


def test_her_vote_in_a_poll_is_told_in_words_where_she_still_sees_the_poll():
    ana, cai = make_member("Ana"), make_member("Cai")
    thread = make_thread(author=cai)
    poll = make_poll(thread, question=OURS, options=("Twice", "Once"))
    cast(poll, by=ana, option_ids=[options_of(poll)[0].pk])
    [before] = given(ana, "polls.Ballot")

    delete_post(opening_of(thread), by=cai)
    [after] = given(ana, "polls.Ballot")

    assert (before["question"], before["choice"]) == (OURS, "Twice")
    assert (after["question"], after["choice"]) == ("", "") and after["option_id"] == before["option_id"]


def test_the_tags_of_her_threads_are_told_with_them():
    ana = make_member("Ana")
    make_thread(author=ana, title="Drains", tags=["pumps", "night shift"])
    make_thread(author=ana, title="Levees")

    rows = given(ana, "forums.Thread")

    assert [sorted((row["tag_names"] or "").split(", ")) for row in rows] == [["night shift", "pumps"], [""]]
