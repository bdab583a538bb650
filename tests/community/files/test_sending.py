"""Uploads in parts, over HTTP."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from community.files import shelf
from community.files.actions import begin_file
from community.files.choices import State
from community.files.models import Part, StoredFile
from community.members.models import Member
from community.members.rulings import NotAllowed
from tests.factories.deliveries import deliver_all
from tests.factories.files import ELF, PDF, SVG, make_file, png
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
NEW = "/account/files/new/"
PIECE = 64 * 1024
LONG = PDF + b"% " + b"x" * (3 * PIECE)


@pytest.fixture
def ana() -> Member:
    return make_member("Ana")


@pytest.fixture
def browser(ana: Member) -> Client:
    client = Client(headers={"accept": "application/json"})
    client.force_login(ana)
    return client


def begin(browser: Client, size: int = len(LONG), **fields: Any) -> dict[str, Any]:
    answer = browser.post(NEW, {"name": "plan.pdf", "size": size, "token": "t1", **fields})
    assert answer.status_code == 201, answer.content
    return answer.json()


def put(browser: Client, file_id: int, offset: int, content: bytes, **headers: Any) -> Any:
    address = f"/account/files/{file_id}/?offset={offset}"
    return browser.put(address, content, content_type="application/octet-stream", **headers)


def test_a_file_comes_in_parts_and_is_what_was_sent(browser: Client) -> None:
    file_id = begin(browser)["id"]

    offset = 0
    while offset < len(LONG):
        offset = put(browser, file_id, offset, LONG[offset : offset + PIECE]).json()["received"]
    finished = browser.post(f"/account/files/{file_id}/finish/").json()
    deliver_all()

    assert finished["state"] == State.PREPARING
    now = browser.get(f"/account/files/{file_id}/")
    assert (now.json()["state"], now.headers["Upload-Offset"]) == ("ready", str(len(LONG)))
    file = StoredFile.objects.get()
    assert (file.size, file.sha256) == (len(LONG), hashlib.sha256(LONG).hexdigest())
    assert b"".join(shelf.pieces(file.copies[0]["path"])) == LONG


def test_begun_again_by_the_same_token_it_goes_on_where_it_was(browser: Client) -> None:
    file_id = begin(browser)["id"]
    put(browser, file_id, 0, LONG[:PIECE])

    again = begin(browser)

    assert (again["id"], again["received"]) == (file_id, PIECE)
    assert StoredFile.objects.count() == 1
    head = browser.head(f"/account/files/{file_id}/")
    assert (head.headers["Upload-Offset"], head.content) == (str(PIECE), b"")


def test_a_part_sent_twice_counts_once(browser: Client) -> None:
    file_id = begin(browser)["id"]

    answers = [put(browser, file_id, 0, LONG[:PIECE]) for _ in range(3)]

    assert [(answer.status_code, answer.json()["received"]) for answer in answers] == [(200, PIECE)] * 3
    assert Part.objects.count() == 1


def test_a_part_that_does_not_follow_is_told_where_to_begin(browser: Client, empty_shelf: Path) -> None:
    file_id = begin(browser)["id"]

    answer = put(browser, file_id, PIECE, LONG[PIECE : 2 * PIECE])

    assert (answer.status_code, answer.json()["received"]) == (409, 0)
    assert [path for path in empty_shelf.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("length", [10, 5 * 1024 * 1024 + 1])
def test_parts_are_neither_crumbs_nor_loaves(browser: Client, length: int) -> None:
    file_id = begin(browser, size=8 * 1024 * 1024)["id"]

    assert put(browser, file_id, 0, b"%PDF-" + bytes(length - 5)).status_code == 413
    assert Part.objects.count() == 0


def test_a_part_of_nothing_is_none_however_often_it_is_sent(browser: Client) -> None:
    file_id = begin(browser, size=len(PDF))["id"]
    put(browser, file_id, 0, PDF)

    answers = [put(browser, file_id, len(PDF), b"").status_code for _ in range(2)]

    assert answers == [413, 413]
    assert Part.objects.count() == 1


def test_more_than_was_announced_does_not_come_in(browser: Client, empty_shelf: Path) -> None:
    file_id = begin(browser, size=100_000)["id"]

    answer = put(browser, file_id, 0, b"%PDF-" + bytes(100_001))

    assert answer.status_code == 409
    assert [path for path in empty_shelf.rglob("*") if path.is_file()] == []


def test_what_lacks_a_part_is_not_finished(browser: Client) -> None:
    file_id = begin(browser)["id"]
    put(browser, file_id, 0, LONG[:PIECE])

    answer = browser.post(f"/account/files/{file_id}/finish/")

    assert (answer.status_code, answer.json()["received"]) == (409, PIECE)
    assert StoredFile.objects.get().state == State.ARRIVING


@pytest.mark.parametrize(("content", "word"), [(ELF, "program"), (SVG, "SVG")])
def test_a_hopeless_file_is_refused_at_its_first_part(browser: Client, content: bytes, word: str) -> None:
    file_id = begin(browser, size=len(content), name="photo.jpg")["id"]

    answer = put(browser, file_id, 0, content)

    assert answer.status_code == 422
    assert word in answer.json()["words"]
    assert StoredFile.objects.get().state == State.REFUSED


def test_refusals_are_in_the_language_of_the_page(browser: Client) -> None:
    file_id = begin(browser, size=len(SVG))["id"]

    answer = browser.put(f"/fr/account/files/{file_id}/?offset=0", SVG, content_type="application/octet-stream")

    assert answer.json()["words"] and "drawings" not in answer.json()["words"]


def test_what_is_too_large_is_refused_before_it_comes(browser: Client) -> None:
    answer = browser.post(NEW, {"name": "film.mp4", "size": 60 * 1024 * 1024, "token": "t1"})

    assert answer.status_code == 403
    assert "50.0" in answer.json()["words"]
    assert StoredFile.objects.count() == 0


def test_who_has_no_room_left_is_told_how_much_and_what_to_do(browser: Client, ana: Member, settings: Any) -> None:
    settings.MEMBER_BYTES = 150_000
    make_file(ana)

    answer = browser.post(NEW, {"name": "a.pdf", "size": 150_000, "token": "t1"})

    assert answer.status_code == 403
    assert "My files" in answer.json()["words"]
    assert begin(browser, size=149_000)["received"] == 0


@pytest.mark.django_db(transaction=True)
def test_files_that_begin_at_once_do_not_share_the_last_room(ana: Member, settings: Any) -> None:
    settings.MEMBER_BYTES = 1_000

    def begin_one(token: str) -> bool:
        try:
            return bool(begin_file(ana, name="a.pdf", size=600, token=token))
        except NotAllowed:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        begun = list(threads.map(begin_one, "abcd"))

    assert begun.count(True) == StoredFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_file_begun_several_times_at_once_is_one(ana: Member) -> None:
    def begin_it(size: int) -> int:
        try:
            return begin_file(ana, name="a.pdf", size=size, token="same").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(begin_it, [600] * 4))) == 1


def test_what_is_refused_or_gone_takes_no_room(browser: Client, ana: Member, settings: Any) -> None:
    settings.MEMBER_BYTES = 1_000
    make_file(ana, ELF)

    assert begin(browser, size=1_000)


def test_many_files_in_an_hour_are_too_many(browser: Client, ana: Member) -> None:
    answers = [
        browser.post(NEW, {"name": "a.pdf", "size": 10, "token": f"t{number}"}).status_code for number in range(121)
    ]

    assert answers == [201] * 120 + [403]


@pytest.mark.parametrize("who", ["a guest", "Cai"])
def test_nobody_else_finds_or_fills_it(browser: Client, who: str) -> None:
    file_id = begin(browser)["id"]
    other = Client(headers={"accept": "application/json"})
    if who != "a guest":
        other.force_login(make_member(who))

    answers = {
        other.get(f"/account/files/{file_id}/").status_code,
        put(other, file_id, 0, LONG[:PIECE]).status_code,
        other.post(f"/account/files/{file_id}/finish/").status_code,
        other.post(f"/account/files/{file_id}/alt/", {"alt": "x"}).status_code,
    }

    assert answers == ({401} if who == "a guest" else {404})


def test_a_part_needs_the_forms_token(ana: Member) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)
    file = StoredFile.objects.create(owner=ana, key="k", token="t", name="a.pdf", size=10)

    assert put(strict, file.pk, 0, b"%PDF-12345").status_code == 403
    assert Part.objects.count() == 0


@pytest.mark.parametrize(
    "fields",
    [
        *({"size": size} for size in ("-1", "x", "9" * 17)),
        *({"token": token} for token in ("", "x" * 65, "a\0b", "é")),
    ],
)
def test_nonsense_is_refused(browser: Client, fields: dict[str, str]) -> None:
    assert browser.post(NEW, {"name": "a.pdf", "size": "10", "token": "t", **fields}).status_code == 400


def test_a_name_is_made_fit_for_a_page_and_a_disk(browser: Client) -> None:
    names = ["../../etc/passwd", "C:\\plans\\dam.pdf", 'a"b<c>.pdf', "\u202egnp.exe", "", "x" * 300 + ".pdf"]

    found = [begin(browser, size=10, name=name, token=f"t{number}")["name"] for number, name in enumerate(names)]

    assert found == ["passwd", "dam.pdf", "a b c .pdf", "file", "file", "x" * 96 + ".pdf"]


def test_what_a_picture_shows_is_kept_before_it_is_attached(browser: Client, ana: Member) -> None:
    file = make_file(ana, png())

    answer = browser.post(f"/account/files/{file.pk}/alt/", {"alt": "A map of drains"})

    assert (answer.status_code, StoredFile.objects.get().alt) == (204, "A map of drains")
