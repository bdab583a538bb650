"""Writing in the forums, over HTTP."""

import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from forums.actions import hide_post, lock_thread
from forums.choices import ForumKind
from forums.models import Post, Revision, Thread
from tests.factories.forums import make_forum, make_post, make_thread
from tests.factories.members import make_member, make_moderator

pytestmark = pytest.mark.django_db
QUESTION = {"title": "Who keeps the pump keys?", "body": "Ours hang in an office.", "tags": "Pumps, night shift"}


def signed_in(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_a_member_asks_a_question() -> None:
    ana, forum = make_member("Ana"), make_forum(kind=ForumKind.QUESTIONS)

    answer = signed_in(ana).post(f"/forums/{forum.slug}/new/", {**QUESTION, "language": "en", "token": "t1"})

    thread = Thread.objects.get()
    assert answer.headers["Location"].startswith(f"/threads/{thread.pk}/who-keeps-the-pump-keys/")
    assert (thread.author, thread.title, thread.language) == (ana, QUESTION["title"], "en")
    assert {tag.name.lower() for tag in thread.tags.all()} == {"pumps", "night shift"}
    assert thread.posts.get().body_markdown == QUESTION["body"]


def test_sending_the_same_forms_five_times_makes_one_thread_and_one_reply() -> None:
    client, forum = signed_in(make_member("Ana")), make_forum()

    for _ in range(5):
        client.post(f"/forums/{forum.slug}/new/", {**QUESTION, "token": "t1"})
    thread = Thread.objects.get()
    replies = [client.post(f"/threads/{thread.pk}/reply/", {"body": "Here.", "token": "t2"}) for _ in range(5)]

    assert thread.posts.count() == 2
    assert len({reply["Location"] for reply in replies}) == 1


def test_a_text_without_a_chosen_language_gets_the_one_it_is_written_in() -> None:
    forum = make_forum()
    spanish = {
        "title": "¿Quién guarda las llaves?",
        "body": "Nuestra oficina cierra a las seis y nadie tiene la llave.",
    }

    signed_in(make_member("Ana")).post(f"/forums/{forum.slug}/new/", {**spanish, "token": "t1"})

    assert Thread.objects.get().language == "es"


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [
        ({"title": ""}, "required"),
        ({"body": "   \n "}, "required"),
        ({"title": "x" * 201}, "200"),
        ({"body": "x" * 40_000}, "at most"),
        ({"body": "nul \x00 here"}, "character"),
        ({"title": "gnp\u202etxt.exe"}, "character"),
        ({"tags": "a, b, c, d, e, f, g"}, "At most 6 tags"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_loses_nothing(spoilt: dict[str, str], says: str) -> None:
    forum = make_forum()
    sent = {**QUESTION, **spoilt, "token": "t1"}

    answer = signed_in(make_member("Ana")).post(f"/forums/{forum.slug}/new/", sent)

    html = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert says.lower() in html.lower()
    assert not Thread.objects.exists()
    assert all(value in html for name, value in sent.items() if name not in spoilt)


def test_a_preview_shows_the_text_and_keeps_the_form() -> None:
    forum = make_forum()
    sent = {**QUESTION, "body": "Some **bold** words", "token": "t1", "preview": "1"}

    html = signed_in(make_member("Ana")).post(f"/forums/{forum.slug}/new/", sent).content.decode()

    assert "<strong>bold</strong>" in html
    assert "Some **bold** words" in html
    assert not Thread.objects.exists()


def test_what_a_guest_posts_waits_until_she_has_signed_in() -> None:
    cai = make_member("Cai", password="seven-quiet-pumps", last_login=timezone.now())
    thread, client = make_thread(), Client()

    sent_away = client.post(f"/threads/{thread.pk}/reply/", {"body": "Typed for an hour.", "token": "t1"})
    login = {"login": cai.email, "password": "seven-quiet-pumps", "next": f"/threads/{thread.pk}/{thread.slug}/"}
    back = client.post(sent_away["Location"], login)
    page = client.get(back["Location"])

    assert "Typed for an hour." in page.content.decode()
    assert thread.posts.count() == 1


def test_an_expired_form_is_shown_again_with_its_text() -> None:
    client, thread = Client(enforce_csrf_checks=True), make_thread()
    client.force_login(make_member("Ana"))

    sent = {"body": "Typed for an hour.", "token": "t1"}
    answer = client.post(f"/threads/{thread.pk}/reply/", sent, HTTP_ORIGIN=settings.PUBLIC_ORIGIN)

    html = answer.content.decode()
    assert answer.status_code == 403
    assert "Typed for an hour." in html
    assert f'action="/threads/{thread.pk}/reply/"' in html


def test_a_locked_thread_refuses_with_a_reason() -> None:
    thread = make_thread()
    lock_thread(thread, by=make_moderator(), reason="Settled.")

    answer = signed_in(make_member("Cai")).post(f"/threads/{thread.pk}/reply/", {"body": "But …", "token": "t1"})

    assert answer.status_code == 403
    assert "locked" in answer.content.decode()
    assert thread.posts.count() == 1


def test_a_quote_opens_the_form_with_the_words_and_the_post() -> None:
    thread = make_thread()
    post = make_post(thread, author=make_member("Cai"), body="Fourteen dollars.")

    html = signed_in(make_member("Ana")).get(f"/threads/{thread.pk}/{thread.slug}/?quote={post.pk}").content.decode()

    assert "&gt; Fourteen dollars" in html
    assert f'name="reply_to" value="{post.pk}"' in html


def test_a_link_that_quotes_what_is_hidden_meanwhile_opens_the_thread_all_the_same() -> None:
    thread, ana = make_thread(), make_member("Ana")
    post = make_post(thread)
    hide_post(post, by=make_moderator(), reason="Spam.")

    for name in ("quote", "reply_to", "comment"):
        answer = signed_in(ana).get(f"/threads/{thread.pk}/{thread.slug}/?{name}={post.pk}")
        assert answer.status_code == 200 and "We had this too." not in answer.content.decode()


def test_a_reply_cannot_answer_a_post_of_another_thread() -> None:
    thread, elsewhere = make_thread(), make_thread(title="Elsewhere")
    sent = {"body": "Here.", "token": "t1", "reply_to": elsewhere.posts.get().pk}

    answer = signed_in(make_member("Ana")).post(f"/threads/{thread.pk}/reply/", sent)

    assert answer.status_code == 404
    assert thread.posts.count() == 1


def test_an_edit_keeps_what_stood_before_and_says_why() -> None:
    ana = make_member("Ana")
    post = make_post(make_thread(), author=ana, body="Twelve.")

    signed_in(ana).post(f"/posts/{post.pk}/edit/", {"body": "Fourteen.", "reason": "Counted again"})

    post.refresh_from_db()
    assert (post.body_markdown, post.edit_reason) == ("Fourteen.", "Counted again")
    assert Revision.objects.get(post=post).body_markdown == "Twelve."


def edition_in(page: Any) -> str:
    found = re.search(r'name="edition" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def test_of_two_windows_on_one_post_the_second_is_told_what_the_first_has_saved() -> None:
    ana = make_member("Ana")
    post = make_post(make_thread(), author=ana, body="Twelve.")
    client, address = signed_in(ana), f"/posts/{post.pk}/edit/"
    edition = edition_in(client.get(address))
    client.post(address, {"body": "Fourteen.", "edition": edition})

    late = client.post(address, {"body": "Fifteen.", "reason": "Counted", "edition": edition})

    post.refresh_from_db()
    page = late.content.decode()
    assert (late.status_code, post.body_markdown) == (409, "Fourteen.")
    assert "Fourteen." in page and "Fifteen.</textarea>" in page and 'value="Counted"' in page

    client.post(address, {"body": "Fifteen.", "reason": "Counted", "edition": edition_in(late)})
    post.refresh_from_db()
    assert post.body_markdown == "Fifteen."


def test_the_same_edit_sent_twice_contradicts_nobody() -> None:
    ana = make_member("Ana")
    post = make_post(make_thread(), author=ana, body="Twelve.")
    client, address = signed_in(ana), f"/posts/{post.pk}/edit/"
    sent = {"body": "Fourteen.", "edition": edition_in(client.get(address))}

    answers = [client.post(address, sent).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Revision.objects.filter(post=post).count() == 1


def test_a_title_edited_in_another_window_is_not_written_over() -> None:
    ana = make_member("Ana")
    thread = make_thread(author=ana, title="Drains", body="Twelve.")
    client, address = signed_in(ana), f"/posts/{thread.posts.get().pk}/edit/"
    edition = edition_in(client.get(address))
    client.post(address, {"title": "Drains and pumps", "body": "Twelve.", "edition": edition})

    late = client.post(address, {"title": "Drains, again", "body": "Twelve.", "edition": edition})

    thread.refresh_from_db()
    assert (late.status_code, thread.title) == (409, "Drains and pumps")
    assert "Drains and pumps" in late.content.decode()


def test_what_is_refused_first_is_where_one_goes_on_writing() -> None:
    ana = make_member("Ana")
    page = signed_in(ana).post(f"/forums/{make_forum().slug}/new/", {"title": "", "body": ""}).content.decode()

    assert [field for field in re.findall(r"<(?:input|textarea)[^>]+>", page) if " autofocus" in field] == [
        field for field in re.findall(r"<(?:input|textarea)[^>]+>", page) if 'name="title"' in field
    ]


def test_nobody_edits_a_stranger_s_post() -> None:
    post = make_post(make_thread(), author=make_member("Ana"), body="Mine.")

    answer = signed_in(make_member("Cai")).post(f"/posts/{post.pk}/edit/", {"body": "Mine now."})

    assert answer.status_code == 403
    assert Post.objects.get(pk=post.pk).body_markdown == "Mine."


def test_the_asker_accepts_an_answer_and_takes_it_back() -> None:
    ana = make_member("Ana")
    thread = make_thread(forum=make_forum(kind=ForumKind.QUESTIONS), author=ana)
    answer = make_post(thread, author=make_member("Cai"))
    client = signed_in(ana)

    client.post(f"/posts/{answer.pk}/accept/")
    accepted = Thread.objects.get(pk=thread.pk).accepted_id
    client.post(f"/posts/{answer.pk}/unaccept/")

    assert accepted == answer.pk
    assert Thread.objects.get(pk=thread.pk).accepted_id is None


def test_a_deleted_post_comes_back_by_its_author() -> None:
    cai, thread = make_member("Cai"), make_thread()
    post = make_post(thread, author=cai)
    client, address = signed_in(cai), f"/threads/{thread.pk}/{thread.slug}/"

    client.post(f"/posts/{post.pk}/delete/")
    gone = Client().get(address).content.decode()
    client.post(f"/posts/{post.pk}/undelete/")
    back = Client().get(address).content.decode()

    assert f'id="post-{post.pk}"' not in gone
    assert f'id="post-{post.pk}"' in back


def test_helpful_is_one_tap_and_one_vote() -> None:
    post = make_post(make_thread(), author=make_member("Cai"))
    client = signed_in(make_member("Ana"))

    for _ in range(3):
        client.post(f"/posts/{post.pk}/vote/")

    assert Post.objects.get(pk=post.pk).helpful_count == 1


def test_deeds_are_not_done_by_following_a_link() -> None:
    post = make_post(make_thread(), author=make_member("Cai"))

    answer = signed_in(make_member("Ana")).get(f"/posts/{post.pk}/vote/")

    assert answer.status_code == 405


def test_a_moderator_moves_a_thread_with_a_reason() -> None:
    thread, to = make_thread(), make_forum(slug="elsewhere")
    client = signed_in(make_moderator())

    empty = client.post(f"/threads/{thread.pk}/decide/move/", {"to": to.pk, "reason": ""})
    client.post(f"/threads/{thread.pk}/decide/move/", {"to": to.pk, "reason": "About housing."})

    assert empty.status_code == 422
    assert Thread.objects.get(pk=thread.pk).forum == to


@pytest.mark.parametrize("deed", ["lock", "pin", "move"])
def test_a_member_is_refused_a_moderator_s_deed_in_words(deed: str) -> None:
    thread = make_thread()

    answer = signed_in(make_member("Cai")).get(f"/threads/{thread.pk}/decide/{deed}/")

    assert answer.status_code == 403
    assert "moderator" in answer.content.decode()


def test_a_read_mark_that_comes_too_late_does_not_displace_what_waits_to_be_sent() -> None:
    thread, client = make_thread(), Client()
    client.post(f"/threads/{thread.pk}/reply/", {"body": "Typed for an hour.", "token": "t1"})

    client.post(f"/threads/{thread.pk}/read/", {"up_to": thread.posts.get().pk})

    assert client.session["kept_form"]["fields"]["body"] == "Typed for an hour."


def test_half_a_character_in_the_bytes_of_a_form_is_refused_in_words() -> None:
    forum = make_forum()
    sent = b"title=Pumps&token=t1&body=a%ED%A0%80b"

    answer = signed_in(make_member("Ana")).post(
        f"/forums/{forum.slug}/new/", sent, content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 422
    assert "half of a character" in answer.content.decode()
    assert not Thread.objects.exists()
