"""What is unread over all forums: of what she follows, in languages she reads, and never what she has muted."""

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.following.actions import follow
from community.following.choices import Level
from community.members.models import Member
from forums import queries
from forums.actions import hide_post, mark_read
from forums.models import Thread
from tests.factories.forums import make_forum, make_post, make_thread
from tests.factories.members import make_circle, make_member, make_moderator

pytestmark = pytest.mark.django_db


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def titles(html: str, threads: Iterable[Thread]) -> set[str]:
    return {thread.title for thread in threads if thread.title in html}


def test_the_lists_hold_what_they_say() -> None:
    ana, cai = make_member("Ana", reads=["es"]), make_member("Cai")
    tracked = make_thread(author=cai, title="Tracked")
    spanish = make_thread(author=cai, title="Desagües", language="es")
    muted = make_thread(author=cai, title="Muted")
    read = make_thread(author=cai, title="Sluices")
    both = make_thread(author=cai, title="Bombas", language="es")
    threads = [tracked, spanish, muted, read, both]
    follow(ana, kind="thread", target_id=tracked.pk, level=Level.TRACKING)
    follow(ana, kind="forum", target_id=both.forum_id, level=Level.WATCHING)
    follow(ana, kind="thread", target_id=muted.pk, level=Level.MUTED)
    mark_read(read, member=ana, up_to=read.last_post_id)
    client = client_of(ana)

    def shown(query: str) -> set[str]:
        return titles(client.get(f"/unread/{query}").content.decode(), threads)

    assert shown("?of=all&languages=all") == {"Tracked", "Desagües", "Bombas"}
    assert shown("?of=followed&languages=all") == {"Tracked", "Bombas"}
    assert shown("?of=all&languages=mine") == {"Desagües", "Bombas"}
    assert shown("?of=followed&languages=mine") == {"Bombas"}
    assert shown("") == {"Bombas"}  # the choice is kept


def test_the_home_page_leaves_out_what_is_muted() -> None:
    ana, cai = make_member("Ana"), make_member("Cai")
    shown, muted = make_thread(author=cai), make_thread(author=cai)
    follow(ana, kind="forum", target_id=muted.forum_id, level=Level.MUTED)

    assert queries.unread_threads(ana, 10) == [shown]


@pytest.mark.parametrize(("of", "left"), [("all", set()), ("followed", {"Other"})])
def test_all_that_a_list_shows_is_marked_read_at_once(of: str, left: set[str]) -> None:
    ana, cai = make_member("Ana"), make_member("Cai")
    tracked, other = make_thread(author=cai, title="Tracked"), make_thread(author=cai, title="Other")
    follow(ana, kind="thread", target_id=tracked.pk, level=Level.TRACKING)
    client = client_of(ana)

    client.post("/unread/read/", {"of": of, "languages": "all"})

    html = client.get("/unread/?of=all&languages=all").content.decode()
    assert titles(html, [tracked, other]) == left


def test_what_she_may_not_see_is_neither_shown_nor_counted() -> None:
    ana, insider = make_member("Ana"), make_member("Ines")
    closed = make_thread(make_forum(audience="group", circle=make_circle("coastal", insider)), insider, title="Canary")
    hidden = make_thread(author=insider, title="Canary two")
    hide_post(hidden.posts.get(), by=make_moderator(), reason="Spam.")
    for thread in (closed, hidden):
        follow(ana, kind="thread", target_id=thread.pk, level=Level.WATCHING)

    for of in ("all", "followed"):
        assert "Canary" not in client_of(ana).get(f"/unread/?of={of}").content.decode()


def test_the_list_is_paged_and_keeps_its_choice_on_the_way() -> None:
    ana, forum = make_member("Ana"), make_forum()
    for _ in range(21):
        make_thread(forum, make_member("Cai"))

    html = client_of(ana).get("/unread/?of=all&languages=all").content.decode()

    assert html.count('<li class="unread"') == 20
    assert "?of=all&amp;languages=all&amp;page=2" in html


def test_it_costs_the_same_with_one_row_and_with_three() -> None:
    ana = make_member("Ana")
    client = client_of(ana)

    def cost() -> int:
        client.get("/unread/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/unread/")
        return len(captured)

    make_post(make_thread(tags=["flood"]))
    one = cost()
    for number in range(2):
        make_post(make_thread(tags=[f"tag {number}"], author=make_member(f"Writer {number}")))

    assert cost() == one <= 12


def test_guests_are_asked_to_sign_in() -> None:
    assert Client().get("/unread/")["Location"].startswith("/account/login/")
    assert Client().post("/unread/read/")["Location"].startswith("/account/login/")
