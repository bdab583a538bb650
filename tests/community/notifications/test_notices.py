"""Notices, told by the forums: the room that has something to tell."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from community.facts.models import Fact
from community.facts.worker import work_off
from community.members.models import Member
from community.notifications.actions import mark_all_read, mark_read, notify, review_member
from community.notifications.models import Notice
from community.notifications.queries import notices_of, unread_count
from forums import actions
from forums.listeners import tell_of_post
from forums.notices import MENTION
from tests.factories.forums import (
    make_forum,
    make_members_forum,
    make_post,
    make_question_forum,
    make_thread,
    opening_of,
)
from tests.factories.members import make_circle, make_member, make_moderator

pytestmark = pytest.mark.django_db


def told(member: Member) -> list[str]:
    """What she reads, once the worker has done its work."""
    work_off()
    return [each.shown.text for each in notices_of(member).notices]


def test_a_reply_in_her_thread_is_told_to_her() -> None:
    ana = make_member("Ana")
    post = make_post(make_thread(author=ana, title="Drains"), make_member("Cai"))

    assert told(ana) == ["Cai replied to you in “Drains”."]
    assert notices_of(ana).notices[0].shown.url == reverse("forums:post", args=[post.pk])
    assert unread_count(ana) == 1


def test_an_answer_to_her_question_and_its_acceptance_are_told() -> None:
    ana, cai = make_member("Ana"), make_member("Cai")
    thread = make_thread(make_question_forum(), ana, title="How wide?")
    answer = make_post(thread, cai)

    actions.accept_answer(answer, by=ana)

    assert told(ana) == ["Cai answered your question “How wide?”."]
    assert told(cai) == ["Your answer to “How wide?” was accepted."]


def test_a_reply_and_a_comment_are_told_to_whose_post_they_are_on() -> None:
    bo, cai = make_member("Bo"), make_member("Cai")
    question, talk = make_thread(make_question_forum(), title="How wide?"), make_thread(title="Drains")
    answer, reply = make_post(question, cai), make_post(talk, cai)

    make_post(question, bo, answer=answer)
    make_post(talk, bo, reply_to=reply)

    assert told(cai) == ["Bo replied to you in “Drains”.", "Bo replied to you in “How wide?”."]


def test_whoever_asked_reads_that_a_comment_is_on_another_s_answer() -> None:
    ana, bo, cai = make_member("Ana"), make_member("Bo"), make_member("Cai")
    question = make_thread(make_question_forum(), ana, title="How wide?")
    answers = [make_post(question, cai), make_post(question, ana)]
    told(ana)

    make_post(question, bo, answer=answers[0])
    assert told(ana)[0] == "Bo commented on an answer to your question “How wide?”."

    make_post(question, bo, answer=answers[1])
    assert told(ana)[0] == "Bo replied to you in “How wide?”."


def test_a_mention_is_told_once_and_wins_over_a_reply() -> None:
    ana, cai = make_member("Ana", handle="ana"), make_member("Cai")
    thread = make_thread(author=ana, title="Drains")

    make_post(thread, cai, body="@ana, and again @ana: look.")

    assert told(ana) == ["Cai mentioned you in “Drains”."]


def test_a_mention_in_an_opening_post_and_one_edited_in_are_told() -> None:
    ana, cai = make_member("Ana", handle="ana"), make_member("Cai")

    make_thread(author=cai, title="Drains", body="What does @ana say?")
    later = make_post(make_thread(author=make_member("Bo"), title="Pumps"), cai, body="What?")
    actions.edit_post(later, by=cai, body="What, @ana?")
    work_off()
    actions.edit_post(later, by=cai, body="What then, @ana?")

    assert told(ana) == ["Cai mentioned you in “Pumps”.", "Cai mentioned you in “Drains”."]


def test_nobody_is_told_of_her_own_deeds() -> None:
    ana = make_member("Ana", handle="ana")
    thread = make_thread(make_question_forum(), ana)

    answer = make_post(thread, ana, body="I, @ana, found it.")
    actions.accept_answer(answer, by=ana)

    assert told(ana) == []


def test_nobody_is_told_of_what_she_may_not_see() -> None:
    cai, insider = make_member("Cai", handle="cai"), make_member("Ines")
    forum = make_forum(audience="group", circle=make_circle("coastal", insider))

    make_thread(forum, insider, title="Secret", body="Do not tell @cai.")

    assert told(cai) == []
    assert Notice.objects.count() == 0


def test_a_post_that_was_hidden_before_the_delivery_is_not_told() -> None:
    ana = make_member("Ana")
    post = make_post(make_thread(author=ana), make_member("Cai"))

    actions.hide_post(post, by=make_moderator(), reason="Spam.")

    assert told(ana) == []
    assert [notice.kind for notice in Notice.objects.all()] == ["hidden"]  # its author's


@pytest.mark.parametrize("what", ["reply", "its answer", "its thread"])
def test_a_notice_goes_with_what_it_is_about_and_comes_back_with_it(what: str) -> None:
    ana, bo, dee = make_member("Ana", handle="ana"), make_member("Bo"), make_moderator()
    thread = make_thread(make_question_forum(), bo)
    answer = make_post(thread, bo)
    comment = make_post(thread, make_member("Cai"), answer=answer, body="See @ana.")
    work_off()
    post = {"reply": comment, "its answer": answer, "its thread": opening_of(thread)}[what]

    actions.hide_post(post, by=dee, reason="Spam.")
    assert notices_of(ana).notices == []  # asked again, before any delivery
    assert (told(ana), unread_count(ana)) == ([], 0)
    actions.restore_post(post, by=dee, reason="It was not.")

    assert (len(told(ana)), unread_count(ana)) == (1, 1)


def test_a_thread_that_moves_out_of_sight_takes_its_notices_along() -> None:
    cai, dee = make_member("Cai"), make_moderator()
    thread = make_thread(author=cai)
    make_post(thread, make_member("Bo"))
    assert len(told(cai)) == 1
    closed = make_forum(audience="group", circle=make_circle())

    actions.move_thread(thread, by=dee, to=closed, reason="Not for all.")

    assert (told(cai), unread_count(cai)) == ([], 0)


def test_a_moderator_of_yesterday_is_not_counted_what_she_saw_then() -> None:
    dee = make_moderator(handle="dee")
    insider = make_member("Ines")
    make_thread(make_forum(audience="group", circle=make_circle("coastal", insider)), insider, body="Ask @dee.")
    assert len(told(dee)) == 1
    Member.objects.filter(pk=dee.pk).update(is_moderator=False)
    dee = Member.objects.get(pk=dee.pk)

    review_member(dee.pk)

    assert (told(dee), unread_count(dee)) == ([], 0)


def test_an_acceptance_that_is_taken_back_is_told_no_more() -> None:
    ana, cai = make_member("Ana"), make_member("Cai")
    answer = make_post(make_thread(make_question_forum(), ana), cai)
    actions.accept_answer(answer, by=ana)
    assert len(told(cai)) == 1

    actions.unaccept_answer(answer, by=ana)
    assert (told(cai), unread_count(cai)) == ([], 0)
    actions.accept_answer(answer, by=ana)

    assert (len(told(cai)), Notice.objects.filter(member=cai).count()) == (1, 1)


def test_a_fact_that_is_delivered_twice_is_told_once() -> None:
    ana = make_member("Ana")
    make_post(make_thread(author=ana), make_member("Cai"))
    work_off()

    tell_of_post(Fact.objects.get(name="post_added"))
    notify(ana.pk, MENTION, target_id=10**9, fact_id=1)  # of a post that is not there

    assert Notice.objects.count() == 1


def test_a_notice_is_told_in_the_readers_language_and_leads_there() -> None:
    ana = make_member("Ana")
    post = make_post(make_thread(author=ana), make_member("Cai"))
    work_off()

    with translation.override("es"):
        url = notices_of(ana).notices[0].shown.url

    assert url == f"/es/posts/{post.pk}/"


def test_notices_are_read_one_by_one_or_all_at_once() -> None:
    ana = make_member("Ana")
    for _ in range(3):
        make_post(make_thread(author=ana), make_member("Cai"))
    work_off()

    mark_read(notices_of(ana).notices[0].notice)
    assert unread_count(ana) == 2
    mark_all_read(ana)

    assert unread_count(ana) == 0
    assert len(notices_of(ana).notices) == 3


def test_the_count_costs_one_query_and_the_list_the_same_with_one_and_with_three() -> None:
    ana = make_member("Ana")
    thread = make_thread(author=ana)

    def cost(read: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            read(Member.objects.get(pk=ana.pk))
        return len(captured) - 1

    make_post(thread)
    work_off()
    one = cost(notices_of)
    make_post(make_thread(author=ana)), make_post(make_thread(make_members_forum(), ana))
    make_post(thread)  # in one line with the first
    work_off()

    assert len(notices_of(ana).notices) == 3
    assert (cost(notices_of), cost(unread_count)) == (one, 1)
    assert one <= 3


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_the_page_shows_notices_and_writes_nothing() -> None:
    ana = make_member("Ana")
    make_post(make_thread(author=ana, title="Drains"), make_member("Cai"))
    work_off()
    client = signed_in(ana)

    page = client.get("/notifications/")

    assert page.status_code == 200
    assert "Cai replied to you in “Drains”." in page.content.decode()
    assert unread_count(ana) == 1


def test_an_empty_page_says_what_will_be_read_there() -> None:
    page = signed_in(make_member("Ana")).get("/notifications/")

    assert "You have no notices yet." in page.content.decode()


def test_opening_a_notice_marks_it_read_and_leads_to_the_post() -> None:
    ana = make_member("Ana")
    post = make_post(make_thread(author=ana), make_member("Cai"))
    work_off()
    notice = Notice.objects.get()

    assert signed_in(ana).get(f"/notifications/{notice.pk}/").status_code == 405
    answer = signed_in(ana).post(f"/notifications/{notice.pk}/")

    assert (answer.status_code, answer["Location"]) == (302, f"/posts/{post.pk}/")
    assert unread_count(ana) == 0


def test_all_are_marked_read_by_one_button() -> None:
    ana = make_member("Ana")
    make_post(make_thread(author=ana), make_member("Cai"))
    work_off()

    answer = signed_in(ana).post("/notifications/read/")

    assert answer["Location"] == "/notifications/"
    assert unread_count(ana) == 0


def test_another_members_notice_is_not_there() -> None:
    ana = make_member("Ana")
    make_post(make_thread(author=ana), make_member("Cai"))
    work_off()

    answer = signed_in(make_member("Bo")).post(f"/notifications/{Notice.objects.get().pk}/")

    assert answer.status_code == 404
    assert unread_count(ana) == 1


def test_guests_are_asked_to_sign_in() -> None:
    answer = Client().get("/notifications/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_what_is_hers_alone_is_told_over_http_too_and_to_nobody_else(client: Client) -> None:
    ana = make_member("Ana")
    make_post(make_thread(author=ana), make_member("Cai"))
    work_off()

    now = signed_in(ana).get("/es/notifications/changes")
    again = signed_in(ana).get("/es/notifications/changes", headers={"If-None-Match": now["ETag"]})
    later = signed_in(ana).get(f"/es/notifications/changes?since={now.json()['head'] - 1}").json()

    data = {"unread": 1, "newest": [Notice.objects.get().pk]}
    assert now.json()["things"] == [{"id": "notices", "place": "", "version": 0, "html": None, "data": data}]
    assert again.status_code == 304
    assert (later["stream"], later["things"]) == (f"member:{ana.pk}", now.json()["things"])
    assert signed_in(make_member("Bo")).get("/notifications/changes").json()["things"][0]["data"] == {
        "unread": 0,
        "newest": [],
    }
    assert client.get("/notifications/changes").status_code == 404
