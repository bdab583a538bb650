"""Following: the control on pages, the list, and what is no longer seen."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.following.actions import follow, follow_by_writing, set_level_of_writing, unfollow
from community.following.choices import Level
from community.following.models import Follow
from community.following.queries import follows_of
from community.members.models import Member
from forums import actions
from forums.models import Thread
from tests.factories.forums import make_forum, make_post, make_thread
from tests.factories.members import make_circle, make_city, make_member, make_moderator

pytestmark = pytest.mark.django_db


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def chosen(member: Member) -> dict[tuple[str, int], Level]:
    rows = Follow.objects.filter(member=member).values_list("kind", "target_id", "level")
    return {(kind, target_id): Level(level) for kind, target_id, level in rows}


def address(kind: str, target_id: int) -> str:
    return f"/account/following/{kind}/{target_id}/"


def page_of(thread: Thread) -> str:
    return f"/threads/{thread.pk}/{thread.slug}/"


def test_who_writes_in_a_thread_tracks_it() -> None:
    ana, bo = make_member("Ana"), make_member("Bo")
    thread = make_thread(author=ana)

    make_post(thread, bo)
    make_post(thread, bo)

    assert chosen(ana) == chosen(bo) == {("thread", thread.pk): Level.TRACKING}


def test_what_she_has_chosen_for_a_thread_stays_when_she_writes_there() -> None:
    bo, thread = make_member("Bo"), make_thread()
    follow(bo, kind="thread", target_id=thread.pk, level=Level.MUTED)

    make_post(thread, bo)

    assert chosen(bo) == {("thread", thread.pk): Level.MUTED}


@pytest.mark.parametrize(("level", "kept"), [(Level.NORMAL, []), (Level.WATCHING, [Level.WATCHING])])
def test_she_says_at_which_level_she_follows_what_she_writes_in(level: Level, kept: list[Level]) -> None:
    bo = make_member("Bo")
    set_level_of_writing(bo, level=level)

    follow_by_writing(bo, kind="thread", target_id=7)

    assert [each for (kind, _), each in chosen(bo).items() if kind == "thread"] == kept


def test_the_control_stands_on_threads_forums_tags_and_cities_for_members_only() -> None:
    city = make_city()
    thread = make_thread(author=make_member("Cai", city=city), tags=["flood"])
    ana = signed_in(make_member("Ana"))

    for page in (page_of(thread), f"/forums/{thread.forum.slug}/", "/tags/flood/", "/cities/quito/"):
        assert 'action="/account/following/' in ana.get(page).content.decode(), page
        assert "/account/following/" not in Client().get(page).content.decode(), page


def test_a_level_is_chosen_from_a_page_and_leads_back_there() -> None:
    ana, thread = make_member("Ana"), make_thread(title="Drains")

    answer = signed_in(ana).post(address("thread", thread.pk), {"level": "3", "next": page_of(thread)}, follow=True)

    assert answer.redirect_chain == [(page_of(thread), 302)]
    assert "You watch “Drains” now." in answer.content.decode()
    assert chosen(ana) == {("thread", thread.pk): Level.WATCHING}


def test_a_thread_shows_the_level_that_its_forum_gives_it() -> None:
    ana, thread = make_member("Ana"), make_thread()
    follow(ana, kind="forum", target_id=thread.forum_id, level=Level.WATCHING)

    html = signed_in(ana).get(page_of(thread)).content.decode()

    assert 'value="3" aria-current="true"' in html
    assert "No choice of my own" not in html


def test_a_change_in_the_list_can_be_undone() -> None:
    ana, thread = make_member("Ana"), make_thread()
    follow(ana, kind="thread", target_id=thread.pk, level=Level.WATCHING)
    client = signed_in(ana)

    answer = client.post(address("thread", thread.pk), {"level": ""})
    assert chosen(ana) == {}
    page = client.get(answer["Location"]).content.decode()
    assert f'action="{address("thread", thread.pk)}"' in page
    assert 'name="level" value="3">Undo' in page
    client.post(address("thread", thread.pk), {"level": "3"})

    assert chosen(ana) == {("thread", thread.pk): Level.WATCHING}


def test_the_setting_of_writing_is_changed_on_the_page() -> None:
    ana = make_member("Ana")

    signed_in(ana).post("/account/following/writing/", {"level": "1"})
    make_thread(author=ana)

    assert chosen(ana) == {("writing", 0): Level.NORMAL}


@pytest.mark.parametrize("form", [{"level": "7"}, {"level": "watching"}, {"level": "-1"}])
def test_a_level_that_there_is_not_is_not_there(form: dict[str, str]) -> None:
    ana, thread = make_member("Ana"), make_thread()

    assert signed_in(ana).post(address("thread", thread.pk), form).status_code == 404
    assert chosen(ana) == {}


def test_what_one_may_not_see_cannot_be_followed_and_is_not_listed() -> None:
    ana, insider = make_member("Ana"), make_member("Ines")
    forum = make_forum(audience="group", circle=make_circle("coastal", insider), title_en="Canary forum")
    thread = make_thread(forum, insider, title="Canary thread", tags=["canary-tag"])
    tag = thread.tags.get()
    things = [("forum", forum.pk), ("thread", thread.pk), ("tag", tag.pk)]
    client = signed_in(ana)

    for kind, target_id in things:
        assert client.post(address(kind, target_id), {"level": "3"}).status_code == 404
    assert chosen(ana) == {}
    for kind, target_id in things:  # followed while she was let in
        follow(ana, kind=kind, target_id=target_id, level=Level.WATCHING)

    html = client.get("/account/following/").content.decode().lower()
    assert "canary" not in html
    assert "canary" in signed_in(make_moderator()).get(page_of(thread)).content.decode().lower()


@pytest.mark.parametrize("place", ["nothing/1/", "thread/999999/", "writing/0/"])
def test_what_is_not_there_cannot_be_followed(place: str) -> None:
    assert signed_in(make_member("Ana")).post(f"/account/following/{place}", {"level": "3"}).status_code == 404


def test_guests_are_asked_to_sign_in_and_come_back() -> None:
    thread = make_thread()

    listed = Client().get("/account/following/")
    answer = Client().post(address("thread", thread.pk), {"level": "3", "next": page_of(thread)})

    assert listed["Location"].startswith("/account/login/")
    assert answer["Location"] == f"/account/login/?next={page_of(thread)}"
    assert not Follow.objects.filter(level=Level.WATCHING).exists()


def test_a_hidden_thread_leaves_the_list_and_comes_back() -> None:
    ana, dee = make_member("Ana"), make_moderator()
    thread = make_thread(author=make_member("Cai"), title="Drains")
    follow(ana, kind="thread", target_id=thread.pk, level=Level.TRACKING)

    actions.hide_post(thread.posts.get(), by=dee, reason="Spam.")
    assert follows_of(ana)[0] == []
    actions.restore_post(thread.posts.get(), by=dee, reason="It was not.")

    assert [row.card.title for row in follows_of(ana)[0]] == ["Drains"]


def test_the_list_costs_the_same_with_one_of_a_kind_and_with_three() -> None:
    ana = make_member("Ana")

    def more(number: int) -> None:
        city = make_city(f"city-{number}")
        thread = make_thread(author=make_member("Cai", city=city), tags=[f"tag {number}"])
        things: list[tuple[str, Any]] = [("thread", thread), ("forum", thread.forum), ("city", city)]
        for kind, thing in [*things, ("tag", thread.tags.get())]:
            follow(ana, kind=kind, target_id=thing.pk, level=Level.TRACKING)

    def cost() -> int:
        client = signed_in(ana)
        client.get("/account/following/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/account/following/")
        return len(captured)

    more(1)
    one = cost()
    more(2), more(3)

    assert cost() == one <= 12


def test_following_is_taken_back_once_and_for_good() -> None:
    ana = make_member("Ana")
    follow(ana, kind="forum", target_id=1, level=Level.TRACKING)

    unfollow(ana, kind="forum", target_id=1)
    unfollow(ana, kind="forum", target_id=1)

    assert chosen(ana) == {}
