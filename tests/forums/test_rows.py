"""Rows of threads are kept: each must be another as soon as anything that it shows is another."""

from typing import Any

import pytest
from django.test import Client

from community.members.actions.cities import keep_city
from community.members.models import City, Member
from forums.actions import edit_post, lock_thread, mark_read, post_reply
from forums.actions.keeping import keep_forum
from forums.models import Forum, Post, Thread
from tests.factories.forums import make_forum, make_thread
from tests.factories.members import make_city, make_member, make_moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread() -> Thread:
    ana = make_member("Ana", handle="ana", city=make_city("quito"))
    make_moderator("Dee", handle="dee")
    return make_thread(make_forum("talk"), ana, title="Drains", tags=["flood"])


def read(address: str = "/tags/flood/", client: Client | None = None) -> str:
    response = (client or Client()).get(address)
    assert response.status_code == 200
    return response.content.decode().partition('<ul class="rows">')[2].partition("</ul>")[0]


def ana() -> Member:
    return Member.objects.get(handle="ana")


def retitle(thread: Thread) -> None:
    edit_post(Post.objects.get(thread=thread), by=ana(), body="Ours.", title="Gullies")


def tag_anew(thread: Thread) -> None:
    edit_post(Post.objects.get(thread=thread), by=ana(), body="Ours.", tags=["flood", "rain"])


def reply(thread: Thread) -> None:
    post_reply(thread, author=ana(), body="Ours too.", token="t")


def lock(thread: Thread) -> None:
    lock_thread(thread, by=Member.objects.get(handle="dee"), reason="Settled.")


def rename_city(thread: Thread) -> None:
    city = City.objects.get()
    city.name_en = "San Francisco de Quito"
    keep_city(city)


def rename_forum(thread: Thread) -> None:
    forum = Forum.objects.get()
    forum.title_en = "Small talk"
    keep_forum(forum)


def erase_author(thread: Thread) -> None:
    Thread.objects.update(author=None)


@pytest.mark.parametrize("deed", [retitle, tag_anew, reply, lock, rename_city, rename_forum, erase_author])
def test_what_changes_a_row_is_seen_at_once(thread: Thread, deed: Any) -> None:
    before = read()
    assert read() == before

    deed(thread)

    assert read() != before


def test_a_row_tells_each_reader_her_own_news(thread: Thread) -> None:
    cai, client = make_member("Cai", joined_at=thread.opened_at), Client()
    client.force_login(cai)
    assert '<span class="new">new</span>' in read(client=client)
    mark_read(thread, member=cai, up_to=thread.last_post_id)
    reply(thread)
    assert "1 new" in read(client=client)

    mark_read(thread, member=cai, up_to=Post.objects.latest("pk").pk)

    assert "new" not in read(client=client)
    assert "new" not in read()


def test_a_row_that_one_reader_rendered_tells_another_his_own_time(thread: Thread) -> None:
    client = Client()
    client.force_login(make_member("Cai", timezone="America/Guayaquil"))
    hers = read(client=client)

    assert "GMT−5" in hers
    assert "UTC" in read()
    assert read(client=client) == hers


def test_a_row_speaks_the_language_of_its_page(thread: Thread) -> None:
    assert read() != read("/ar/tags/flood/")


def test_only_lists_over_several_forums_name_them(thread: Thread) -> None:
    assert "/forums/talk/" in read()
    assert "/forums/talk/" not in read("/forums/talk/")
