"""Files in posts: attached, described, removed, kept in drafts; what a page shows of them."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as house
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from community.facts.models import Fact, StreamEntry
from community.files.actions import erase_files
from community.files.choices import Purpose
from community.files.models import StoredFile
from community.members.models import Member
from community.personal.ports import HOLDINGS
from community.privacy.queries import person_of
from forums.actions import edit_post, save_draft
from forums.choices import Audience
from forums.models import Post
from forums.queries import posts_of_thread
from tests.factories.deliveries import deliver_all
from tests.factories.files import CSV, ELF, PDF, SVG, make_file, png
from tests.factories.forums import make_forum, make_post, make_thread
from tests.factories.members import make_circle, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_shelf() -> Iterator[None]:
    cache.clear()
    yield
    shutil.rmtree(Path(house.DATA_DIR) / "files", ignore_errors=True)


@pytest.fixture
def ana() -> Member:
    return make_member("Ana", handle="ana")


@pytest.fixture
def browser(ana: Member) -> Client:
    client = Client()
    client.force_login(ana)
    return client


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def page_of(thread: Any, browser: Client | None = None) -> str:
    return (browser or Client()).get(f"/threads/{thread.pk}/{thread.slug}/").content.decode()


# --- Written ---


def test_a_browser_without_scripts_sends_files_with_the_post(browser: Client) -> None:
    forum = make_forum()

    sent = {
        "title": "Drains",
        "body": "See the map.",
        "token": "t1",
        "upload": [upload(png(), "map.png"), upload(CSV, "levels.csv")],
    }
    answer = browser.post(f"/forums/{forum.slug}/new/", sent)

    post = Post.objects.get()
    assert (answer.status_code, post.file_count) == (302, 2)
    assert [file.state for file in post.files] == ["preparing", "preparing"]
    assert "being prepared" in page_of(post.thread)
    deliver_all()
    page = page_of(post.thread)
    assert "being prepared" not in page
    assert 'width="1200" height="800"' in page and "map.webp?size=480 480w" in page and 'loading="lazy"' in page
    assert "levels.csv" in page and "CSV · 43" in page


def test_files_can_be_sent_first_and_described(browser: Client, ana: Member) -> None:
    thread = make_thread()
    address = f"/threads/{thread.pk}/reply/"

    shown = browser.post(
        address, {"body": "Half a se", "token": "t1", "attach": "1", "upload": upload(png(), "map.png")}
    )

    file = StoredFile.objects.get()
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "Half a se" in page and f'name="files" value="{file.pk}"' in page and f'name="alt-{file.pk}"' in page
    deliver_all()
    browser.post(
        address, {"body": "Half a sentence.", "token": "t1", "files": str(file.pk), f"alt-{file.pk}": "The <b> basin"}
    )
    assert 'alt="The &lt;b&gt; basin"' in page_of(thread)


def test_a_form_with_a_mistake_keeps_its_files(browser: Client) -> None:
    forum = make_forum()

    shown = browser.post(f"/forums/{forum.slug}/new/", {"title": "", "body": "Text", "upload": upload(PDF, "plan.pdf")})

    assert shown.status_code == 422
    assert f'name="files" value="{StoredFile.objects.get().pk}"' in shown.content.decode()
    assert 'name="alt-' not in shown.content.decode()  # it will not be a picture


@pytest.mark.parametrize(("content", "word"), [(ELF, "This is a program"), (SVG, "SVG drawings are not taken")])
def test_a_refused_file_keeps_the_post_from_going_and_the_text_from_being_lost(
    browser: Client, content: bytes, word: str
) -> None:
    thread = make_thread()

    answer = browser.post(f"/threads/{thread.pk}/reply/", {"body": "With this.", "upload": upload(content, "map.png")})

    page = answer.content.decode()
    assert (answer.status_code, thread.posts.count()) == (422, 1)
    assert f"map.png: {word}" in page and "With this." in page


def test_what_is_refused_after_it_was_sent_first_is_said_before_the_post_goes(browser: Client, ana: Member) -> None:
    file, thread = make_file(ana, png()[:300], name="map.png", is_prepared=False), make_thread()
    deliver_all()
    address, sent = f"/threads/{thread.pk}/reply/", {"body": "With this.", "token": "t1", "files": str(file.pk)}

    refused = browser.post(address, sent)
    page = refused.content.decode()
    assert (refused.status_code, thread.posts.count()) == (422, 1)
    assert "map.png: This file is damaged" in page and "With this." in page and 'name="files" value=""' in page

    assert browser.post(address, sent | {"files": ""}).status_code == 302


def test_a_file_too_large_for_a_plain_form_is_refused_in_words(browser: Client, settings: Any) -> None:
    settings.PLAIN_UPLOAD_BYTES = 20

    answer = browser.post(
        f"/threads/{make_thread().pk}/reply/", {"body": "With this.", "upload": upload(PDF, "plan.pdf")}
    )

    assert "Without JavaScript a file may have 20" in answer.content.decode()


def test_a_post_has_ten_files_at_most(browser: Client, ana: Member) -> None:
    thread = make_thread()
    files = [upload(PDF, f"{number}.pdf") for number in range(11)]

    answer = browser.post(f"/threads/{thread.pk}/reply/", {"body": "All of it.", "upload": files})

    assert answer.status_code == 422
    assert "At most 10 files." in answer.content.decode()
    assert StoredFile.objects.count() == 10


def test_a_reply_sent_by_script_twice_has_its_files_once(browser: Client, ana: Member) -> None:
    thread, file = make_thread(), make_file(ana)
    sent = {"body": "Here.", "token": "t1", "files": str(file.pk)}

    answers = [
        browser.post(f"/threads/{thread.pk}/reply/", sent, headers={"accept": "application/json"}) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert [post.file_count for post in thread.posts.order_by("pk")] == [0, 1]


# --- Edited ---


def test_an_edit_adds_takes_away_and_leaves(browser: Client, ana: Member) -> None:
    first, second = make_file(ana), make_file(ana, CSV, name="a.csv")
    post = make_post(make_thread(), author=ana, files=[first.pk, second.pk])

    form = browser.get(f"/posts/{post.pk}/edit/").content.decode()
    assert f'name="files" value="{first.pk},{second.pk}"' in form
    sent = {
        "body": post.body_markdown,
        "files": f"{first.pk},{second.pk}",
        "drop": str(first.pk),
        "upload": upload(png(), "map.png"),
    }
    browser.post(f"/posts/{post.pk}/edit/", sent)
    deliver_all()

    post = Post.objects.get(pk=post.pk)
    assert (post.file_count, [file.name for file in post.files]) == (2, ["a.csv", "map.webp"])
    assert not StoredFile.objects.filter(pk=first.pk).exists()
    assert post.edited_at is not None


def test_an_edit_of_the_text_alone_leaves_the_files(ana: Member) -> None:
    post = make_post(make_thread(), author=ana, files=[make_file(ana).pk])

    edit_post(post, by=ana, body="Another text.")

    assert Post.objects.get(pk=post.pk).file_count == 1


def test_an_edit_that_changes_nothing_changes_nothing(ana: Member) -> None:
    file = make_file(ana)
    post = make_post(make_thread(), author=ana, files=[file.pk])

    edit_post(post, by=ana, body=post.body_markdown, files=[file.pk], alts={file.pk: ""})

    now = Post.objects.get(pk=post.pk)
    assert (now.version, now.edited_at) == (post.version, None)


# --- Shown ---


@pytest.mark.parametrize("becomes", ["ready", "refused"])
def test_a_post_steps_its_version_and_its_stream_when_a_file_is_ready(becomes: str, ana: Member) -> None:
    file = make_file(ana, png() if becomes == "ready" else png()[:300], is_prepared=False)
    post = make_post(make_thread(), author=ana, files=[file.pk])

    deliver_all()

    fact = Fact.objects.get(name="post_files_changed")
    assert StoredFile.objects.get().state == becomes
    assert Post.objects.get(pk=post.pk).version == post.version + 1
    streams = set(StreamEntry.objects.filter(fact=fact).values_list("stream", flat=True))
    assert streams == {f"thread:{post.thread_id}", f"forum:{post.thread.forum_id}", f"member:{ana.pk}"}


def test_a_file_refused_after_all_is_told_to_its_author_and_to_no_guest(browser: Client, ana: Member) -> None:
    file = make_file(ana, png()[:300], name="secretname.png", is_prepared=False)
    thread = make_thread()
    make_post(thread, author=ana, files=[file.pk])
    deliver_all()

    assert "secretname" not in page_of(thread)
    assert "secretname" in page_of(thread, browser)
    assert "This file is damaged" in browser.get("/account/files/").content.decode()


def test_a_page_costs_one_query_more_with_one_file_and_with_nine(
    ana: Member, django_assert_num_queries: Callable[..., Any]
) -> None:
    costs = []
    for posts in (0, 1, 3):
        thread = make_thread()
        for _ in range(posts):
            make_post(thread, author=ana, files=[make_file(ana).pk for _ in range(3)])
        with django_assert_num_queries(1 + (posts > 0)):
            found = posts_of_thread(AnonymousUser(), thread, 1).posts
            costs.append(sum(len(post.files) for post in found))

    assert costs == [0, 3, 9]


# --- My files, drafts, and what is swept ---


def test_my_files_say_how_much_room_is_left_and_where_each_is_used(browser: Client, ana: Member) -> None:
    thread = make_thread(title="Pump levels")
    post = make_post(thread, author=ana, files=[make_file(ana).pk])
    make_file(ana, CSV, name="loose.csv")

    page = browser.get("/account/files/").content.decode()

    assert "500.0" in page and "Pump levels" in page and f"/posts/{post.pk}/" in page
    assert "loose.csv" in page and "Used nowhere yet" in page
    assert "plan.pdf" not in Client().get("/account/files/", follow=True).content.decode()


def test_my_files_cost_the_same_number_of_queries_for_one_and_for_three(
    browser: Client, ana: Member, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    counts = []
    for _ in range(2):
        make_post(make_thread(), author=ana, files=[make_file(ana).pk])
        make_file(ana)
        with django_assert_max_num_queries(12) as queries:
            browser.get("/account/files/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_deleting_a_file_takes_it_off_its_post(browser: Client, ana: Member) -> None:
    thread, file = make_thread(), make_file(ana)
    post = make_post(thread, author=ana, files=[file.pk])
    assert "plan.pdf" in page_of(thread)

    browser.post(f"/account/files/{file.pk}/delete/", {"sure": "yes"})

    assert "plan.pdf" not in page_of(thread)
    now = Post.objects.get(pk=post.pk)
    assert (now.file_count, now.version) == (0, post.version + 1)
    deliver_all()
    assert [path for path in (Path(house.DATA_DIR) / "files").rglob("*") if path.is_file()] == []


def test_what_is_used_where_one_no_longer_looks_is_said_to_be_and_can_be_deleted(browser: Client, ana: Member) -> None:
    circle = make_circle("inner", ana)
    thread = make_thread(make_forum(audience=Audience.GROUP, circle=circle), title="Among us", author=ana)
    file = make_file(ana)
    post = make_post(thread, author=ana, files=[file.pk])
    circle.people.remove(ana)

    page = browser.get("/account/files/").content.decode()
    answer = browser.post(f"/account/files/{file.pk}/delete/", {"sure": "yes"})
    deliver_all()

    assert "Used where you can no longer look" in page
    assert "Used nowhere yet" not in page and "Among us" not in page and file.address not in page
    assert (answer.status_code, StoredFile.objects.count()) == (302, 0)
    assert Post.objects.get(pk=post.pk).file_count == 0


def test_nobody_deletes_what_is_anothers(ana: Member) -> None:
    file, cai = make_file(ana), Client()
    cai.force_login(make_member("Cai"))

    assert cai.post(f"/account/files/{file.pk}/delete/").status_code == 404
    assert StoredFile.objects.get().is_ready


def test_what_nobody_attached_is_swept_after_a_day(ana: Member) -> None:
    loose, used = make_file(ana), make_file(ana)
    make_post(make_thread(), author=ana, files=[used.pk])

    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        deliver_all()
        assert StoredFile.objects.filter(pk=loose.pk).exists()
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        deliver_all()

    assert list(StoredFile.objects.all()) == [used]


def test_what_a_draft_names_is_kept_and_comes_back_with_it(browser: Client, ana: Member) -> None:
    thread, file = make_thread(), make_file(ana)

    browser.post("/drafts/", {"place": f"thread:{thread.pk}", "body": "Begun.", "files": str(file.pk), "version": "0"})
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        deliver_all()

    assert f'name="files" value="{file.pk}"' in page_of(thread, browser)
    save_draft(ana, place=f"thread:{thread.pk}", fields={"body": "Begun."}, version=1)
    with time_machine.travel(timezone.now() + timedelta(hours=51)):
        deliver_all()
    assert StoredFile.objects.count() == 0


# --- One's own data ---


def test_all_of_a_members_files_are_exported_and_erased(ana: Member) -> None:
    thread = make_thread(author=ana)
    post = make_post(thread, author=ana, files=[make_file(ana).pk])
    make_file(ana, png(), name="loose.png")
    make_file(ana, png(), purpose=Purpose.PHOTO)
    make_file(make_member("Cai"), CSV, name="other.csv")

    holding = HOLDINGS["files.StoredFile"]
    assert holding.files
    exported = {each.name.partition("-")[2]: each for each in holding.files(person_of(ana))}
    with exported["plan.pdf"].content() as content:
        assert content.read() == PDF
    assert exported.keys() == {"plan.pdf", "loose.webp", "plan.webp"}

    assert erase_files(ana) == 3
    deliver_all()

    assert [file.name for file in StoredFile.objects.all()] == ["other.csv"]
    assert Post.objects.get(pk=post.pk).file_count == 0
    assert Member.objects.get(pk=ana.pk).photo is None


def test_a_file_that_is_used_is_deleted_only_after_a_question(browser: Client, ana: Member) -> None:
    post = make_post(make_thread(), ana)
    edit_post(post, by=ana, body="With it.", files=[make_file(ana, name="plan.pdf").pk])
    loose = make_file(ana, name="loose.pdf")
    [used] = posts_of_thread(ana, post.thread, page=1).posts[-1].files

    asked = browser.post(f"/account/files/{used.pk}/delete/").content.decode()

    assert "Delete this file?" in asked and f"/posts/{post.pk}/" in asked
    assert StoredFile.objects.get(pk=used.pk).is_ready

    browser.post(f"/account/files/{used.pk}/delete/", {"sure": "yes"})
    browser.post(f"/account/files/{loose.pk}/delete/")
    assert not [file for file in StoredFile.objects.all() if file.is_ready]
