"""Files given out: to whom, with which headers, in which parts."""

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import Client

from community.files.choices import Purpose
from community.files.models import StoredFile
from community.files.rules import can_delete_file, can_see_file
from community.members.models import Member
from forums.actions import delete_post, edit_post, hide_post, move_thread, restore_post
from forums.choices import Audience
from forums.models import Post
from tests.factories.files import CSV, PDF, jpeg_with_gps, make_file, png
from tests.factories.forums import make_forum, make_members_forum, make_post, make_thread, opening_of
from tests.factories.members import make_circle, make_member, make_moderator

pytestmark = pytest.mark.django_db


def browser(member: Member | None) -> Client:
    client = Client()
    if member:
        client.force_login(member)
    return client


def status(member: Member | None, file: StoredFile) -> int:
    return browser(member).get(file.address).status_code


def body(answer: Any) -> bytes:
    async def gather() -> bytes:
        return b"".join([piece async for piece in answer.streaming_content])

    return async_to_sync(gather)() if answer.streaming else answer.content


@pytest.fixture
def ana() -> Member:
    return make_member("Ana")


@pytest.fixture
def attached(ana: Member) -> Callable[..., StoredFile]:
    """A file of Ana's in a reply of hers. Params: thread, a public one if not given."""

    def attach(content: bytes = PDF, *, thread: Any = None, name: str = "plan.pdf") -> StoredFile:
        file = make_file(ana, content, name=name)
        make_post(thread or make_thread(), author=ana, files=[file.pk])
        return StoredFile.objects.get(pk=file.pk)

    return attach


# --- To whom ---


def test_what_is_attached_to_nothing_is_its_owners_alone(ana: Member) -> None:
    file = make_file(ana)

    found = [status(each, file) for each in (ana, None, make_member("Cai"), make_moderator())]

    assert found == [200, 404, 404, 404]


AUDIENCES = {
    # who may read the forum: guest, a member, one of the group, the author, a moderator
    Audience.GUESTS: [200, 200, 200, 200, 200],
    Audience.MEMBERS: [404, 200, 200, 200, 200],
    Audience.GROUP: [404, 404, 200, 200, 200],
}


@pytest.mark.parametrize(("audience", "expected"), AUDIENCES.items(), ids=list(AUDIENCES))
@pytest.mark.parametrize("size", ["", "?size=480"])
def test_a_file_is_seen_where_its_post_is(
    audience: Audience, expected: list[int], size: str, ana: Member, attached: Callable[..., StoredFile]
) -> None:
    guest, cai, gil, dee = None, make_member("Cai"), make_member("Gil"), make_moderator()
    forum = make_forum(audience=audience, circle=make_circle("inner", ana, gil))
    file = attached(png(), thread=make_thread(forum, author=ana), name="map.png")

    found = [browser(each).get(f"{file.address}{size}").status_code for each in (guest, cai, gil, ana, dee)]

    assert found == expected


@pytest.mark.parametrize("is_opening", [False, True])
def test_with_a_hidden_post_its_files_are_hidden_and_come_back(
    is_opening: bool, ana: Member, attached: Callable[..., StoredFile]
) -> None:
    thread, dee, cai = make_thread(author=ana), make_moderator(), make_member("Cai")
    file = attached(thread=thread)
    post = opening_of(thread) if is_opening else Post.objects.get(pk=file.held_id)
    assert status(None, file) == 200

    hide_post(post, by=dee, reason="A test.")
    while_hidden = [status(each, file) for each in (None, cai, ana, dee)]
    restore_post(post, by=dee, reason="A test.")

    assert while_hidden == [404, 404, 200, 200]
    assert [status(each, file) for each in (None, cai, ana, dee)] == [200, 200, 200, 200]


def test_with_a_deleted_post_its_files_are_gone_for_others(ana: Member, attached: Callable[..., StoredFile]) -> None:
    file = attached()

    delete_post(Post.objects.select_related("thread__forum", "answer").get(pk=file.held_id), by=ana)

    assert [status(each, file) for each in (None, make_member("Cai"), ana)] == [404, 404, 200]


def test_a_thread_that_moves_takes_its_files_out_of_sight(ana: Member, attached: Callable[..., StoredFile]) -> None:
    thread, dee = make_thread(author=ana), make_moderator()
    file = attached(thread=thread)

    move_thread(thread, to=make_members_forum(), by=dee, reason="A test.")

    assert [status(each, file) for each in (None, make_member("Cai"))] == [404, 200]


def test_a_file_taken_out_of_a_post_is_gone(ana: Member, attached: Callable[..., StoredFile]) -> None:
    file = attached()
    post = Post.objects.select_related("thread__forum", "answer").get(pk=file.held_id)

    edit_post(post, by=ana, body="Without it.", files=[])

    assert [status(each, file) for each in (None, ana, make_moderator())] == [404, 404, 404]


def test_a_suspended_members_photo_is_not_given_out(ana: Member) -> None:
    file = make_file(ana, jpeg_with_gps(), purpose=Purpose.PHOTO, name="photo")
    assert status(None, file) == 200

    Member.objects.filter(pk=ana.pk).update(is_active=False)

    assert status(None, file) == 404


def test_what_is_not_ready_is_given_to_nobody(ana: Member) -> None:
    assert status(ana, make_file(ana, is_prepared=False)) == 404


def test_nobody_attaches_what_is_anothers(ana: Member) -> None:
    file, cai = make_file(ana), make_member("Cai")

    post = make_post(make_thread(), author=cai, files=[file.pk])

    assert (post.file_count, StoredFile.objects.get().held_id) == (0, None)


def test_one_file_is_in_one_post(ana: Member, attached: Callable[..., StoredFile]) -> None:
    file = attached()

    make_post(make_thread(make_members_forum()), author=ana, files=[file.pk])

    assert StoredFile.objects.get().held_id == file.held_id


# --- With which headers ---


def test_a_document_is_a_download_that_runs_nothing(attached: Callable[..., StoredFile]) -> None:
    file = attached(CSV, name="Pegel Köln; März.csv")

    answer = browser(None).get(file.address)

    assert body(answer) == CSV
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''Pegel%20K")
    assert answer.headers["Content-Type"] == "text/csv"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Length"] == str(len(CSV))


ASKED: dict[str, tuple[int, dict[str, str]]] = {
    "all": (200, {}),
    "a part": (206, {"Range": "bytes=0-3"}),
    "beyond": (416, {"Range": "bytes=5000-"}),
    "the same": (304, {"If-None-Match": "TAG"}),
}


@pytest.mark.parametrize("asked", ASKED)
def test_every_answer_runs_nothing_and_is_found_by_nobody(asked: str, attached: Callable[..., StoredFile]) -> None:
    file = attached()
    tag = browser(None).head(file.address).headers["ETag"]
    number, headers = ASKED[asked]

    answer = browser(None).get(file.address, headers={name: said.replace("TAG", tag) for name, said in headers.items()})

    assert answer.status_code == number
    directives = {each.strip() for each in answer.headers["Content-Security-Policy"].split(";")}
    assert directives == {
        *("default-src 'none'", "style-src 'none'", "sandbox"),
        *("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"),
    }
    told = {name: answer.headers[name] for name in ("Cross-Origin-Resource-Policy", "X-Robots-Tag")}
    assert told == {"Cross-Origin-Resource-Policy": "same-origin", "X-Robots-Tag": "noindex"}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_face_may_be_kept_a_little_by_its_reader_alone(ana: Member) -> None:
    file = make_file(ana, png(), purpose=Purpose.PHOTO, name="photo")

    assert browser(None).get(file.address).headers["Cache-Control"] == "private, max-age=600"


def test_who_is_suspended_owns_nothing_that_she_could_look_at(ana: Member) -> None:
    file = make_file(ana)
    assert can_see_file(ana, file) and can_delete_file(ana, file)

    ana.is_active = False

    assert not can_see_file(ana, file) and not can_delete_file(ana, file)


def test_a_picture_is_shown_in_the_size_asked_for(attached: Callable[..., StoredFile]) -> None:
    file = attached(png(1200, 800), name="map.png")

    answers = {
        size: browser(None).get(f"{file.address}{size}")
        for size in ("?size=480", "?size=700", "", "?size=x", "?size=99999")
    }

    lengths = [copy["bytes"] for copy in file.copies]
    found = {size: int(answer.headers["Content-Length"]) for size, answer in answers.items()}
    assert found == {
        "?size=480": lengths[0],
        "?size=700": lengths[1],
        "": lengths[2],
        "?size=x": lengths[2],
        "?size=99999": lengths[2],
    }
    assert answers[""].headers["Content-Disposition"].startswith("inline")
    assert "sandbox" in answers[""].headers["Content-Security-Policy"]


def test_the_name_in_the_address_does_not_decide(attached: Callable[..., StoredFile]) -> None:
    file = attached()

    answer = browser(None).get(f"/files/{file.pk}/setup.exe?size=3")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{file.address}?size=3")


def test_a_cache_asks_each_time_whether_what_it_has_may_still_be_seen(
    ana: Member, attached: Callable[..., StoredFile]
) -> None:
    public, private = attached(), attached(CSV, thread=make_thread(make_members_forum()), name="a.csv")

    first, inner = browser(None).get(public.address), browser(ana).get(private.address)
    again = browser(None).get(public.address, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.headers["Cache-Control"], inner.headers["Cache-Control"]) == ("public, no-cache", "private, no-cache")
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    post = Post.objects.select_related("thread__forum", "answer").get(pk=public.held_id)
    hide_post(post, by=make_moderator(), reason="A test.")
    assert browser(None).get(public.address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 404


def test_files_are_not_packed_again(attached: Callable[..., StoredFile]) -> None:
    file = attached(CSV * 100, name="a.csv")

    answer = browser(None).get(file.address, headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in answer.headers
    assert body(answer) == CSV * 100


# --- In which parts ---


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("bytes=0-9", (206, "bytes 0-9/{size}", slice(0, 10))),
        ("bytes=10-", (206, "bytes 10-{last}/{size}", slice(10, None))),
        ("bytes=-5", (206, "bytes {fifth}-{last}/{size}", slice(-5, None))),
        ("bytes=10-99999", (206, "bytes 10-{last}/{size}", slice(10, None))),
        ("bytes=0-0,5-9", (200, None, slice(None))),
        ("lines=1-2", (200, None, slice(None))),
        ("bytes=9-3", (200, None, slice(None))),
    ],
)
def test_a_part_of_a_file(asked: str, expected: tuple[Any, ...], attached: Callable[..., StoredFile]) -> None:
    file, size = attached(), len(PDF)

    answer = browser(None).get(file.address, headers={"Range": asked})

    number, said, part = expected
    places = {"size": size, "last": size - 1, "fifth": size - 5}
    assert answer.status_code == number
    assert answer.headers.get("Content-Range") == (said and said.format(**places))
    assert body(answer) == PDF[part]


def test_beyond_the_end_there_is_nothing(attached: Callable[..., StoredFile]) -> None:
    answer = browser(None).get(attached().address, headers={"Range": "bytes=5000-"})

    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{len(PDF)}")


def test_a_part_of_another_version_is_not_mixed_in(attached: Callable[..., StoredFile]) -> None:
    answer = browser(None).get(attached().address, headers={"Range": "bytes=0-3", "If-Range": '"another"'})

    assert (answer.status_code, body(answer)) == (200, PDF)


def test_asking_for_the_head_sends_no_bytes(attached: Callable[..., StoredFile]) -> None:
    answer = browser(None).head(attached().address)

    assert (answer.status_code, answer.content, answer.headers["Content-Length"]) == (200, b"", str(len(PDF)))


def test_nginx_sends_the_bytes_where_it_is_told_to(settings: Any, attached: Callable[..., StoredFile]) -> None:
    file = attached()
    settings.FILES_ACCEL = "/kept-files/"

    answer = browser(None).get(file.address)

    assert answer.headers["X-Accel-Redirect"] == f"/kept-files/{file.copies[0]['path']}"
    assert answer.content == b""
    assert "sandbox" in answer.headers["Content-Security-Policy"]
