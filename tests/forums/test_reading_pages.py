"""Reading in the forums, over HTTP."""

import re
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forums.actions import edit_post, hide_post, lock_thread, mark_read, post_reply
from forums.choices import Audience, ForumKind
from forums.models import ReadMark, Thread
from tests.factories.forums import make_forum, make_post, make_question_forum, make_thread
from tests.factories.members import make_circle, make_member, make_moderator

pytestmark = pytest.mark.django_db


def page_of(thread: Thread) -> str:
    return f"/threads/{thread.pk}/{thread.slug}/"


def signed_in(client: Client, member: Any) -> Client:
    client.force_login(member)
    return client


def posts_shown(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'<article class="post[^"]*" id="post-(\d+)"', html)]


def test_a_guest_reads_a_thread_and_finds_no_form_to_post_and_no_token(client: Client) -> None:
    thread = make_thread(title="Who keeps the keys?")
    reply = make_post(thread)

    html = client.get(page_of(thread)).content.decode()

    assert posts_shown(html) == [thread.posts.earliest("pk").pk, reply.pk]
    assert "csrfmiddlewaretoken" not in html
    assert 'method="post"' not in html


@pytest.mark.parametrize(
    "address", ["/forums/{forum}/", "/threads/{thread}/-/", "/posts/{post}/", "/forums/{forum}/feed.atom"]
)
def test_a_closed_forum_does_not_exist_for_a_stranger(client: Client, address: str) -> None:
    insider = make_member("Ana")
    forum = make_forum(audience=Audience.GROUP, circle=make_circle("coastal", insider))
    thread = make_thread(forum=forum, author=insider)
    places = {"forum": forum.slug, "thread": thread.pk, "post": thread.posts.get().pk}

    answer = signed_in(client, make_member("Cai")).get(address.format(**places))

    assert answer.status_code == 404


def test_an_old_or_wrong_slug_leads_to_the_right_address_and_keeps_the_page(client: Client) -> None:
    thread = make_thread()

    answer = client.get(f"/es/threads/{thread.pk}/something-else/?page=2")

    assert answer.headers["Location"] == f"/es{page_of(thread)}?page=2"


def test_posts_stand_on_numbered_pages_with_real_links(client: Client) -> None:
    thread = make_thread()
    replies = [make_post(thread) for _ in range(20)]

    first = client.get(page_of(thread)).content.decode()
    second = client.get(f"{page_of(thread)}?page=2").content.decode()

    assert len(posts_shown(first)) == 20
    assert 'href="?page=2"' in first
    assert posts_shown(second) == [replies[-1].pk]


@pytest.mark.parametrize("page", ["99", "0", "-1", "two", "1e3", "9" * 40])
def test_a_page_that_is_not_there_shows_one_that_is(client: Client, page: str) -> None:
    thread = make_thread()

    answer = client.get(f"{page_of(thread)}?page={page}")

    assert posts_shown(answer.content.decode()) == [thread.posts.get().pk]


def test_a_link_to_a_post_leads_to_the_page_on_which_it_stands(client: Client) -> None:
    thread = make_thread()
    last = [make_post(thread) for _ in range(25)][-1]

    answer = client.get(f"/posts/{last.pk}/")

    assert answer.headers["Location"] == f"{page_of(thread)}?page=2#post-{last.pk}"


@pytest.mark.parametrize("address", ["{page}", "/forums/{forum}/feed.atom", "/posts/{post}/", "/forums/{forum}/"])
def test_a_hidden_post_is_on_no_surface_for_its_readers(client: Client, address: str) -> None:
    thread = make_thread(title="Opening", body="keepsafe")
    post = make_post(thread, body="canary-4711")
    hide_post(post, by=make_moderator(), reason="Names a person.")
    places = {"page": page_of(thread), "forum": thread.forum.slug, "post": post.pk}

    for reader in (client, signed_in(Client(), make_member("Cai"))):
        html = reader.get(address.format(**places)).content.decode()

        assert "canary-4711" not in html
        assert "<b>1</b> reply" not in html


def test_a_hidden_thread_leaves_list_feed_and_page(client: Client) -> None:
    thread = make_thread(title="canary-4712")
    make_thread(forum=thread.forum, title="Another")
    hide_post(thread.posts.get(), by=make_moderator(), reason="Advertising.")

    assert client.get(page_of(thread)).status_code == 404
    for address in (f"/forums/{thread.forum.slug}/", f"/forums/{thread.forum.slug}/feed.atom", "/"):
        assert "canary-4712" not in client.get(address).content.decode()


def test_the_author_of_a_hidden_post_reads_it_with_its_mark(client: Client) -> None:
    cai, thread = make_member("Cai"), make_thread()
    post = make_post(thread, author=cai, body="canary-4713")
    hide_post(post, by=make_moderator(), reason="Names a person.")

    html = signed_in(client, cai).get(page_of(thread)).content.decode()

    assert "canary-4713" in html
    assert "Hidden by a moderator" in html


def test_reading_writes_nothing(client: Client) -> None:
    thread = make_thread()
    signed_in(client, make_member("Ana"))

    for address in (page_of(thread), f"/threads/{thread.pk}/unread/", f"/forums/{thread.forum.slug}/", "/", "/forums/"):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)

        reads = ("SELECT", "(SELECT", "SAVEPOINT", "RELEASE")  # a union stands in brackets on PostgreSQL
        assert not [query["sql"] for query in queries if not query["sql"].startswith(reads)]


def test_the_unread_link_leads_to_the_first_post_not_yet_read_on_any_device() -> None:
    ana, thread = make_member("Ana"), make_thread()
    read, unread, _last = make_post(thread), make_post(thread), make_post(thread)
    mark_read(thread, member=ana, up_to=read.pk)

    for device in (Client(), Client()):
        answer = signed_in(device, ana).get(f"/threads/{thread.pk}/unread/")

        assert answer.headers["Location"] == f"{page_of(thread)}#post-{unread.pk}"


def test_progress_never_goes_back(client: Client) -> None:
    ana, thread = make_member("Ana"), make_thread()
    early, late = make_post(thread), make_post(thread)
    signed_in(client, ana)

    for post in (late, early):
        client.post(f"/threads/{thread.pk}/read/", {"up_to": post.pk})

    assert ReadMark.objects.get(member=ana, thread=thread).last_post_id == late.pk


def test_a_mark_cannot_be_set_by_a_post_of_another_thread(client: Client) -> None:
    thread, elsewhere = make_thread(), make_thread(title="Elsewhere")

    cai = make_member("Cai")

    signed_in(client, cai).post(f"/threads/{thread.pk}/read/", {"up_to": elsewhere.posts.get().pk})

    assert not ReadMark.objects.filter(member=cai).exists()


def test_unanswered_questions_are_found_and_answered_ones_are_not(client: Client) -> None:
    forum = make_forum(kind=ForumKind.QUESTIONS)
    waiting, answered = make_thread(forum=forum, title="Waiting"), make_thread(forum=forum, title="Settled")
    make_post(answered)

    html = client.get(f"/forums/{forum.slug}/?order=unanswered").content.decode()

    assert waiting.title in html
    assert answered.title not in html


def test_a_locked_thread_says_why_one_cannot_reply(client: Client) -> None:
    thread = make_thread()
    lock_thread(thread, by=make_moderator(), reason="Settled.")

    html = signed_in(client, make_member("Cai")).get(page_of(thread)).content.decode()

    assert "locked" in html
    assert 'id="reply"' not in html


@pytest.mark.parametrize("reader", ["guest", "Ana", "Dee"])
@pytest.mark.parametrize(
    "address", ["/forums/", "/forums/{forum}/", "{page}", "/tags/flood/", "/forums/{forum}/feed.atom", "/"]
)
def test_a_list_costs_the_same_number_of_queries_with_one_row_and_with_three(address: str, reader: str) -> None:
    client = Client()
    if reader != "guest":
        signed_in(client, make_member("Ana") if reader == "Ana" else make_moderator())
    thread = make_thread(tags=["flood"])
    make_post(thread, author=make_member("Replier"))
    places = {"forum": thread.forum.slug, "page": page_of(thread)}
    client.get(address.format(**places))

    with CaptureQueriesContext(connection) as one:
        client.get(address.format(**places))
    for number in range(2):
        make_thread(forum=thread.forum, tags=["flood", f"tag{number}"], author=make_member(f"Writer {number}"))
        make_post(thread, author=make_member(f"Replier {number}"))
        make_forum(slug=f"another-{number}")
    client.get(address.format(**places))  # what is rendered once for all is not counted, before and after
    with CaptureQueriesContext(connection) as three:
        client.get(address.format(**places))

    assert len(one) == len(three) <= 12, "\n".join(query["sql"] for query in three)


def test_a_feed_is_atom_with_absolute_links(client: Client) -> None:
    thread = make_thread(title="Pumps & keys <b>", body="The **keys** hang.")

    answer = client.get(f"/forums/{thread.forum.slug}/feed.atom")

    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert re.search(rf'href="http://[^"]+{page_of(thread)}"', answer.content.decode())
    assert "Pumps &amp; keys &lt;b&gt;" in answer.content.decode()


def test_what_a_feed_says_of_a_post_is_text_also_to_a_reader_of_html(client: Client) -> None:
    thread = make_thread(body="If depth < 3 m & <img src=x onerror=alert(2)> wide")

    feed = client.get(f"/forums/{thread.forum.slug}/feed.atom").content

    told = fromstring(feed).findtext(".//{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}summary")
    assert told and "&lt; 3 m" in told and "<img" not in told


def test_an_entry_of_a_feed_stays_the_same_entry_when_its_title_or_the_language_changes(client: Client) -> None:
    thread = make_thread(title="Pumps")
    name = rf"<id>http://[^/]+/threads/{thread.pk}/</id>"
    assert re.search(name, client.get(f"/forums/{thread.forum.slug}/feed.atom").content.decode())

    edit_post(thread.posts.get(), by=thread.author, body="Keys.", title="Pumps and keys")

    assert re.search(name, client.get(f"/forums/{thread.forum.slug}/feed.atom").content.decode())
    assert re.search(name, client.get(f"/es/forums/{thread.forum.slug}/feed.atom").content.decode())


def test_a_thread_links_within_the_language_in_which_it_is_read(client: Client) -> None:
    thread = make_thread()
    post_reply(thread, author=make_member("Cai"), body="Hola", token="t1", language="es")

    english, arabic = (client.get(f"{prefix}{page_of(thread)}").content.decode() for prefix in ("", "/ar"))

    assert 'dir="rtl"' in arabic
    assert 'href="/ar/posts/' in arabic
    assert 'href="/ar/posts/' not in english


def test_a_reply_leads_to_what_it_answers_only_while_that_is_shown(client: Client) -> None:
    thread = make_thread()
    said = make_post(thread, make_member("Cai"))
    reply = make_post(thread, reply_to=said)
    link = f'href="/posts/{said.pk}/" rel="nofollow">In reply to Cai'
    assert link in client.get(page_of(thread)).content.decode()

    hide_post(said, by=make_moderator(), reason="Names a neighbour.")
    html = client.get(page_of(thread)).content.decode()

    assert posts_shown(html) == [thread.posts.earliest("pk").pk, reply.pk]
    assert "<span>In reply to Cai</span>" in html
    assert f'href="/posts/{said.pk}/"' not in html


def test_a_feed_reader_that_has_the_newest_is_told_so(client: Client) -> None:
    thread = make_thread(title="Pumps")
    address = f"/forums/{thread.forum.slug}/feed.atom"
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    make_thread(forum=thread.forum, title="Sirens")
    later = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert (later.status_code, b"Sirens" in later.content) == (200, True)


def test_unanswered_questions_of_all_forums_stand_in_one_list_and_closed_forums_are_left_out(client: Client) -> None:
    asked = make_question_forum("asked")
    for number in range(21):
        make_thread(forum=asked, title=f"Waiting {number}")
    answered = make_thread(forum=asked, title="Answered")
    make_post(answered, author=make_member("Cai"))
    make_thread(forum=make_forum("talk"), title="Talk")
    insider = make_member("Fay")
    inner = make_question_forum("inner", audience=Audience.GROUP, circle=make_circle("inner", insider))
    make_thread(forum=inner, title="Inner", author=insider)

    first, second = (client.get(f"/unanswered/?page={page}").content.decode() for page in (1, 2))

    assert "Waiting 20" in first and ">Waiting 0<" in second
    assert all(title not in first + second for title in (">Answered<", ">Talk<", ">Inner<"))
    assert "/unanswered/" in client.get("/").content.decode()


@pytest.mark.parametrize("reader", ["guest", "Ana"])
def test_the_list_of_unanswered_questions_costs_the_same_with_one_row_and_with_three(reader: str) -> None:
    client, asked = Client(), make_question_forum("asked")
    if reader == "Ana":
        signed_in(client, make_member("Ana"))
    make_thread(forum=asked, tags=["flood"])
    client.get("/unanswered/")

    with CaptureQueriesContext(connection) as one:
        client.get("/unanswered/")
    for number in range(2):
        make_thread(forum=make_question_forum(f"more-{number}"), tags=[f"tag{number}"], author=make_member("Writer"))
    client.get("/unanswered/")
    with CaptureQueriesContext(connection) as three:
        client.get("/unanswered/")

    assert len(one) == len(three) <= 12, "\n".join(query["sql"] for query in three)
