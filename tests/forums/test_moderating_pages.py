"""What moderators see, and nobody else."""

import pytest
from django.test import Client

from forums.actions import accept_answer, hide_post, lock_thread, move_thread
from forums.choices import ForumKind
from tests.factories.forums import make_forum, make_post, make_question_forum, make_thread
from tests.factories.members import make_member, make_moderator

pytestmark = pytest.mark.django_db


def signed_in(member: object) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_a_moderator_reads_what_was_decided_and_why_and_a_member_does_not() -> None:
    dee, thread = make_moderator(), make_thread()
    hide_post(make_post(thread), by=dee, reason="canary-hide")
    lock_thread(thread, by=dee, reason="canary-lock")
    page = f"/threads/{thread.pk}/{thread.slug}/"

    moderators = signed_in(dee).get(page).content.decode()
    members = signed_in(make_member("Cai")).get(page).content.decode()

    assert "canary-lock" in moderators and "canary-hide" in moderators
    assert "canary" not in members


def test_the_author_of_a_hidden_post_is_offered_no_deed_that_is_refused() -> None:
    cai, thread = make_member("Cai"), make_thread()
    post = make_post(thread, author=cai)
    hide_post(post, by=make_moderator(), reason="Names a person.")

    html = signed_in(cai).get(f"/threads/{thread.pk}/{thread.slug}/").content.decode()

    assert f"/posts/{post.pk}/edit/" not in html
    assert 'class="posts moderator' not in html


def test_an_accepted_answer_shows_its_mark_among_questions_only_also_when_the_thread_comes_back() -> None:
    ana, dee = make_member("Ana"), make_moderator()
    asked, talk = make_question_forum("asked"), make_forum(slug="talk")
    thread = make_thread(forum=asked, author=ana)
    accept_answer(make_post(thread, author=make_member("Cai")), by=ana)

    def marks() -> int:
        page = signed_in(ana).get(f"/threads/{thread.pk}/{thread.slug}/").content.decode()
        written = signed_in(ana).get("/members/cai/answers/").content.decode()
        return page.count("Accepted answer") + page.count('post accepted"') + written.count("Accepted answer")

    among_questions = marks()
    move_thread(thread, by=dee, to=talk, reason="Not a question.")
    elsewhere = marks()
    move_thread(thread, by=dee, to=asked, reason="It was one.")

    assert among_questions == marks() >= 3
    assert elsewhere == 0


def test_a_question_moved_into_a_discussion_loses_the_deeds_of_questions() -> None:
    ana = make_member("Ana")
    thread = make_thread(forum=make_forum(slug="asked", kind=ForumKind.QUESTIONS), author=ana)
    answer = make_post(thread, author=make_member("Cai"))

    move_thread(thread, by=make_moderator(), to=make_forum(slug="talk"), reason="Not a question.")
    html = signed_in(ana).get(f"/threads/{thread.pk}/{thread.slug}/").content.decode()

    assert f"/posts/{answer.pk}/accept/" not in html
    assert f"?comment={answer.pk}" not in html
    assert f"?reply_to={answer.pk}" in html
