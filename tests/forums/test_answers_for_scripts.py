"""What an open page's script is told of what it sent: in JSON, and nothing rendered."""

from typing import Any

import pytest
from django.test import Client

from forums.actions import lock_thread
from forums.models import Post
from tests.factories.forums import make_post, make_thread
from tests.factories.members import make_member, make_moderator

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def signed_in(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_a_reply_is_answered_with_where_it_stands() -> None:
    thread, client = make_thread(), signed_in(make_member("Ana"))

    answer = client.post(f"/threads/{thread.pk}/reply/", {"body": "By the gate.", "token": "t"}, headers=JSON)

    post = Post.objects.get(body_markdown="By the gate.")
    address = f"/threads/{thread.pk}/{thread.slug}/#post-{post.pk}"
    assert (answer.status_code, answer.json()) == (201, {"id": post.pk, "address": address})


def test_a_reply_sent_again_after_the_thread_was_locked_is_still_answered_for() -> None:
    thread, client = make_thread(), signed_in(make_member("Ana"))
    sent = {"body": "By the gate.", "token": "t"}
    first = client.post(f"/threads/{thread.pk}/reply/", sent, headers=JSON)
    lock_thread(thread, by=make_moderator("Dee"), reason="Settled.")

    again = client.post(f"/threads/{thread.pk}/reply/", sent, headers=JSON)

    assert (again.status_code, again.json()) == (201, first.json())


def test_a_refused_reply_is_answered_with_the_reason() -> None:
    thread, client = make_thread(), signed_in(make_member("Ana"))
    lock_thread(thread, by=make_moderator("Dee"), reason="Settled.")

    answer = client.post(f"/threads/{thread.pk}/reply/", {"body": "Late.", "token": "t"}, headers=JSON)

    assert answer.status_code == 403
    assert answer.json()["words"]
    assert not Post.objects.filter(body_markdown="Late.").exists()


def test_an_empty_reply_is_answered_with_what_is_wrong() -> None:
    thread, client = make_thread(), signed_in(make_member("Ana"))

    answer = client.post(f"/threads/{thread.pk}/reply/", {"body": " ", "token": "t"}, headers=JSON)

    assert (answer.status_code, list(answer.json())) == (422, ["words"])


@pytest.mark.parametrize("address", ["/threads/{thread}/reply/", "/posts/{post}/vote/"])
def test_whoever_is_signed_out_is_told_so_and_her_text_stays_with_the_page(address: str) -> None:
    post = make_post(make_thread())
    client = Client()

    answer = client.post(address.format(thread=post.thread_id, post=post.pk), {"body": "Mine."}, headers=JSON)

    assert (answer.status_code, answer.json()) == (401, {"error": "signed-out"})
    assert "kept_form" not in client.session


def test_a_deed_is_answered_with_nothing_more() -> None:
    post, client = make_post(make_thread()), signed_in(make_member("Ana"))

    answer = client.post(f"/posts/{post.pk}/vote/", headers=JSON)

    assert (answer.status_code, answer.content) == (204, b"")
