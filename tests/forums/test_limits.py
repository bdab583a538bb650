"""What new members may write is limited, kindly and beside the field."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from community.members.choices import Trust
from community.members.models import Member
from community.members.rulings import NotAllowed
from community.moderation.choices import Cause
from community.moderation.models import ReviewItem
from forums.actions import edit_post
from forums.models import Post, Thread
from tests.factories.files import make_file
from tests.factories.forums import make_forum, make_post, make_thread
from tests.factories.members import make_member, make_newcomer

pytestmark = pytest.mark.django_db
LINKS = "See https://a.example and https://b.example and ![c](https://c.example/c.png)."
MENTIONS = "@ana @bo @cai @dee, please."


@pytest.mark.parametrize("body", [LINKS, MENTIONS])
def test_a_newcomers_post_over_a_limit_is_refused_beside_the_field_and_kept(body: str) -> None:
    client, thread = Client(), make_thread()
    client.force_login(make_newcomer())

    answer = client.post(f"/threads/{thread.pk}/reply/", {"body": body})
    by_script = client.post(f"/threads/{thread.pk}/reply/", {"body": body}, headers={"accept": "application/json"})

    html = answer.content.decode()
    assert (answer.status_code, by_script.status_code) == (422, 422)
    assert 'id="id_body_error"' in html and "While you are new here" in html and body[:20] in html
    assert "While you are new here" in by_script.json()["words"]
    assert thread.posts.count() == 1


@pytest.mark.parametrize("body", [LINKS, MENTIONS])
def test_members_who_are_known_write_as_they_like(body: str) -> None:
    assert make_post(make_thread(), make_member("Ana"), body=body)
    assert not ReviewItem.objects.exists()


@pytest.mark.parametrize("body", [LINKS, MENTIONS])
def test_the_action_holds_the_limits_too_also_for_edits(body: str) -> None:
    nia, thread = make_newcomer(), make_thread()
    post = make_post(thread, nia, body="First words.")

    with pytest.raises(NotAllowed):
        make_post(thread, nia, body=body)
    with pytest.raises(NotAllowed):
        edit_post(post, by=nia, body=body)

    assert Post.objects.get(author=nia).body_markdown == "First words."


def test_a_newcomer_opens_two_threads_an_hour_and_more_later() -> None:
    nia, forum, client = make_newcomer(), make_forum(), Client()
    client.force_login(nia)
    for _ in range(2):
        make_thread(forum, nia)

    answer = client.post(f"/forums/{forum.slug}/new/", {"title": "Third", "body": "And more.", "tags": ""})
    assert answer.status_code == 422 and "And more." in answer.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        make_thread(forum, nia)

    assert Thread.objects.filter(author=nia).count() == 3


def test_a_newcomers_post_holds_one_file(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    nia, thread, client = make_newcomer(), make_thread(), Client()
    client.force_login(nia)
    two = [make_file(nia, name=f"{number}.png").pk for number in range(2)]

    page = client.get(f"/threads/{thread.pk}/{thread.slug}/").content.decode()
    assert 'data-most="1" data-too-many="At most 1 file."' in page
    answer = client.post(
        f"/threads/{thread.pk}/reply/", {"body": "Two.", "token": "t", "files": ",".join(map(str, two))}
    )
    assert "At most 1 file." in answer.content.decode() and thread.posts.count() == 1
    with pytest.raises(NotAllowed, match="While you are new here"):
        make_post(thread, nia, files=two)

    make_post(thread, nia, files=two[:1])
    assert "Files in a post" in client.get("/moderation/standing/").content.decode()


def test_who_is_new_again_keeps_the_files_that_her_post_has(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    ana, client = make_member("Ana"), Client()
    client.force_login(ana)
    two = [make_file(ana, name=f"{number}.png").pk for number in range(2)]
    post = make_post(make_thread(), ana, files=two)
    Member.objects.filter(pk=ana.pk).update(trust=Trust.NEW)
    edited = {"body": "Two maps.", "files": ",".join(map(str, two))}

    assert client.post(f"/posts/{post.pk}/edit/", edited).status_code == 302
    third = make_file(ana, name="third.png").pk
    more = client.post(f"/posts/{post.pk}/edit/", edited | {"files": f"{edited['files']},{third}"})

    assert more.status_code == 422 and "At most 2 files." in more.content.decode()
    post.refresh_from_db()
    assert (post.body_markdown, post.file_count) == ("Two maps.", 2)


def test_a_newcomer_writes_ten_posts_an_hour() -> None:
    nia, thread = make_newcomer(), make_thread()
    for _ in range(10):
        make_post(thread, nia)

    with pytest.raises(NotAllowed):
        make_post(thread, nia)


def test_a_first_post_with_links_stands_and_is_looked_at() -> None:
    nia, thread = make_newcomer(), make_thread()
    two = "https://a.example and https://b.example"

    first = make_post(thread, nia, body=two)
    make_post(thread, nia, body=two)

    item = ReviewItem.objects.get()
    assert (item.cause, item.target_id, first.hidden_at) == (Cause.WATCH, first.pk, None)


def test_a_first_post_with_one_link_is_not_looked_at() -> None:
    make_post(make_thread(), make_newcomer(), body="https://a.example")

    assert not ReviewItem.objects.exists()
