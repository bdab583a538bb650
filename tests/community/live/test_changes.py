"""The same news over HTTP."""

import json

import pytest
from django.test import Client

from community.facts.models import Stream
from community.live.streams import Thing, changes
from forums.actions import accept_answer, hide_post, move_thread, vote
from forums.models import Post, Thread
from forums.places import place_of_post
from forums.queries import posts_of_thread
from tests.factories.forums import make_forum, make_post, make_question_forum, make_thread
from tests.factories.members import make_member, make_moderator

pytestmark = pytest.mark.django_db


def head_of(stream: str) -> int:
    return Stream.objects.get(name=stream).head


def test_what_changed_is_told_once_and_then_not_modified(client: Client) -> None:
    thread = make_thread()
    head = head_of(f"thread:{thread.pk}")
    post = make_post(thread, body="Ours rusted.")

    answer = client.get(f"/es/threads/{thread.pk}/changes?since={head}")
    again = client.get(f"/es/threads/{thread.pk}/changes?since={head}", headers={"If-None-Match": answer["ETag"]})

    told = answer.json()
    assert (told["stream"], told["after"], told["head"]) == (f"thread:{thread.pk}", head, head + 1)
    assert [thing["id"] for thing in told["things"]] == [f"post-{post.pk}", f"head-{thread.pk}"]
    assert f"/es/posts/{post.pk}/" in told["things"][0]["html"]
    assert (again.status_code, again.content) == (304, b"")
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer["Vary"]


def test_a_tag_is_of_one_language_and_one_class_of_readers(client: Client) -> None:
    thread = make_thread()
    moderator = Client()
    moderator.force_login(make_moderator())

    tags = {
        each.get(f"{prefix}/threads/{thread.pk}/changes?since=0")["ETag"]
        for each in (client, moderator)
        for prefix in ("", "/fr")
    }

    assert len(tags) == 4


@pytest.mark.parametrize(
    "since", ["", "?since=", "?since=-1", "?since=x", "?since=1e9", "?since=" + "9" * 40, "?since=²"]
)
def test_a_since_that_is_no_number_is_refused(client: Client, since: str) -> None:
    assert client.get(f"/threads/{make_thread().pk}/changes{since}").status_code == 400


def test_who_may_not_see_a_thread_or_a_forum_finds_nothing(client: Client) -> None:
    closed = make_forum(audience="members")
    thread = make_thread(closed)

    assert client.get(f"/threads/{thread.pk}/changes?since=0").status_code == 404
    assert client.get(f"/forums/{closed.slug}/changes?since=0").status_code == 404
    assert client.get("/threads/999999/changes?since=0").status_code == 404


def test_a_row_of_a_forum_is_told_as_its_page_shows_it(client: Client) -> None:
    forum = make_forum()
    thread = make_thread(forum, tags=["salt"])
    head = head_of(f"forum:{forum.pk}")
    make_post(thread)

    [row] = client.get(f"/forums/{forum.slug}/changes?since={head}").json()["things"]
    page = client.get(f"/forums/{forum.slug}/").content.decode()

    assert row["html"].strip() in page
    assert f'data-place="{row["place"]}"' in row["html"]


def test_a_post_is_told_as_its_page_shows_it(client: Client) -> None:
    thread = make_thread()
    head = head_of(f"thread:{thread.pk}")
    make_post(thread)

    post, top = client.get(f"/threads/{thread.pk}/changes?since={head}").json()["things"]
    page = client.get(f"/threads/{thread.pk}/{thread.slug}/").content.decode()

    assert post["html"].strip() in page
    assert top["html"].strip() in page
    assert f'data-place="{post["place"]}"' in page


def test_a_moved_thread_is_fetched_whole_and_leaves_the_list_of_its_old_forum(client: Client) -> None:
    dee, old, new = make_moderator(), make_forum(), make_question_forum()
    thread = make_thread(old)
    heads = {stream: head_of(stream) for stream in (f"thread:{thread.pk}", f"forum:{old.pk}")}

    move_thread(thread, by=dee, to=new, reason="Belongs there.")

    moved = client.get(f"/threads/{thread.pk}/changes?since={heads[f'thread:{thread.pk}']}").json()
    left = client.get(f"/forums/{old.slug}/changes?since={heads[f'forum:{old.pk}']}").json()
    assert moved == {"reset": f"thread:{thread.pk}", "head": head_of(f"thread:{thread.pk}")}
    assert [(thing["id"], thing["html"]) for thing in left["things"]] == [(f"thread-{thread.pk}", None)]


def test_places_are_in_the_order_of_the_pages() -> None:
    ana = make_member("Ana")
    thread = make_thread(make_question_forum(), author=ana)
    answers = [make_post(thread, body=f"Answer {number}") for number in range(4)]
    for answer in answers[:3]:
        make_post(thread, answer=answer, body="Indeed.")
    make_post(thread, answer=Post.objects.get(thread=thread, kind="opening"), body="Which make?")
    vote(answers[2], by=ana)
    accept_answer(answers[3], by=ana)

    posts = posts_of_thread(ana, Thread.objects.select_related("forum").get(pk=thread.pk), 1).posts
    places = [place_of_post(post) for post in posts]

    assert places == sorted(places)
    assert len(set(places)) == 9


def test_with_an_answer_its_comments_come_and_go() -> None:
    thread = make_thread(make_question_forum())
    answer = make_post(thread)
    comment = make_post(thread, answer=answer)
    head = head_of(f"thread:{thread.pk}")

    hide_post(answer, by=make_moderator(), reason="Rude.")

    told = changes(f"thread:{thread.pk}", head, "en", "member")
    assert {thing["id"]: thing["html"] for thing in told["things"][:2]} == {
        f"post-{answer.pk}": None, f"post-{comment.pk}": None
    }  # fmt: skip


def test_more_than_two_hundred_facts_behind_the_page_is_fetched() -> None:
    thread = make_thread()
    Stream.objects.filter(name=f"thread:{thread.pk}").update(head=500)

    assert changes(f"thread:{thread.pk}", 299, "en", "guest") == {"reset": f"thread:{thread.pk}", "head": 500}


def test_a_thing_says_no_data_where_it_has_none() -> None:
    assert json.dumps(Thing(id="a").as_message()) == '{"id": "a", "place": "", "version": 0, "html": null}'
