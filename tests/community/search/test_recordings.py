"""Recordings, found by what is said in them. The room that will keep them is a dictionary here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from community.members.models import Member
from community.search.documents import FINDABLE, documents_of
from community.search.engine import Kind, SearchRequest
from community.search.feeding import index_keys
from community.search.generations import compare, live, rebuild
from community.search.queries import Answers, plainly, search
from community.search.recordings import Recording, finds_recordings, keys_of
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
GUEST = AnonymousUser()
EN = """WEBVTT

00:00:05.000 --> 00:00:09.000
<v Ana>We begin with the pumps in the harbour.

01:02:07.500 --> 01:02:12.000
Then the culvert at the market was widened.

01:10:00.000 --> 01:10:04.000
Each culvert has a keeper now.
"""
ES = """WEBVTT

01:02:07.500 --> 01:02:12.000
Luego se ensanchó la alcantarilla del mercado.
"""
AR = """WEBVTT

00:00:05.000 --> 00:00:09.000
نبدأ بالمضخات في الميناء.
"""


@pytest.fixture
def kept(indexed: Callable[[], None]) -> Iterator[dict[int, Recording]]:
    """The room: what stands here is there, and what is for members is for members."""
    room: dict[int, Recording] = {}

    def read(ids: Iterable[int]) -> dict[int, Recording]:
        return {pk: room[pk] for pk in ids if pk in room}

    def read_for(viewer: Any, ids: Iterable[int]) -> dict[int, Recording]:
        return {pk: each for pk, each in read(ids).items() if audiences(viewer) & each.audiences}

    def audiences(viewer: Any) -> set[str]:
        return {"public", "members"} if isinstance(viewer, Member) else {"public"}

    finds_recordings(
        read=read,
        read_for=read_for,
        ids=lambda: iter([list(room)]),
        audiences=audiences,
        look=lambda viewer, typed, most: [
            pk for pk, each in read_for(viewer, room).items() if typed in str(each.titles)
        ],
    )
    yield room
    del FINDABLE["recording"]


def recording(**fields: Any) -> Recording:
    plain: dict[str, Any] = {
        "id": 7,
        "titles": {"en": "Harbour cities", "es": "Ciudades portuarias"},
        "captions": {"en": EN, "es": ES, "ar": AR},
        "address": "/recordings/7/harbour-cities/",
        "audiences": frozenset({"public"}),
        "language": "en",
        "at": 1_700_000_000,
    }
    return Recording(**{**plain, **fields})


def ask(q: str, viewer: Any = GUEST, **fields: Any) -> Answers:
    return search(viewer, SearchRequest(q, frozenset(), **fields))


@pytest.mark.parametrize(
    ("q", "language", "clock"),
    [
        ("pumps", "en", "0:05"),
        ("widened", "en", "1:02:07"),
        ("alcantarilla", "es", "1:02:07"),
        ("المضخات", "ar", "0:05"),
    ],
)
def test_words_that_were_said_lead_to_their_second(
    kept: dict[int, Recording], q: str, language: str, clock: str
) -> None:
    kept[7] = recording()
    rebuild()

    [line] = ask(q).shown

    assert (line.found.kind, line.found.title, line.found.language, line.found.clock) == (
        Kind.RECORDING,
        "Harbour cities",
        language,
        clock,
    )
    assert line.found.address == f"/recordings/7/harbour-cities/?t={5 if clock == '0:05' else 3_727}"
    assert "<mark>" in line.passage


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ({}, "es"),
        ({"languages": ("ar",)}, "ar"),
        ({"languages": ("fr",)}, ""),
        ({"tags": (3, 4)}, "es"),
        ({"tags": (4,)}, ""),
        ({"cities": (1,)}, ""),
        ({"since": 1_700_000_000, "until": 1_700_000_000}, "es"),
        ({"since": 1_700_000_001}, ""),
        ({"until": 1_699_999_999}, ""),
    ],
)
def test_where_no_engine_answers_its_title_is_found_if_it_is_what_is_asked_for(
    kept: dict[int, Recording], asked: dict[str, Any], language: str
) -> None:
    kept[7] = recording(captions={"es": ES, "ar": AR}, tags=(3,))

    answers = plainly(GUEST, SearchRequest("Harbour", frozenset(), **asked))

    assert [line.found.language for line in answers.shown] == ([language] if language else [])


def test_a_recording_stands_once_with_its_other_moments(kept: dict[int, Recording]) -> None:
    kept[7] = recording(captions={"en": EN})
    rebuild()

    answers = ask("culvert")

    assert answers.total == 1
    assert {answers.shown[0].found.start, *(each.found.start for each in answers.shown[0].more)} >= {3_727, 4_200}


def test_in_the_middle_of_a_window_the_link_leads_to_where_the_word_is_said(kept: dict[int, Recording]) -> None:
    lines = [
        f"00:0{minute}:{second:02}.000 --> 00:0{minute}:{second + 9:02}.000\n{word} it went on."
        for minute, second, word in ((1, 0, "First"), (1, 10, "Then"), (1, 20, "Barrage"), (1, 30, "Last"))
    ]
    kept[7] = recording(captions={"en": "\n\n".join(["WEBVTT", *lines])})
    rebuild()

    [line] = ask("barrage").shown

    assert (line.found.clock, line.found.address) == ("1:20", "/recordings/7/harbour-cities/?t=80")


def test_the_page_links_each_moment_to_the_player_at_that_second(kept: dict[int, Recording], client: Client) -> None:
    kept[7] = recording(captions={"en": EN})
    rebuild()

    page = client.get("/search/", {"q": "culvert"}).content.decode()

    assert 'href="/recordings/7/harbour-cities/?t=3727"' in page
    assert 'href="/recordings/7/harbour-cities/?t=4200"' in page
    assert "1 more moment" in page
    assert "<bdi>1:02:07</bdi>" in page and "<bdi>1:10:00</bdi>" in page


def test_for_members_alone_it_does_not_exist_for_a_guest(kept: dict[int, Recording]) -> None:
    kept[7] = recording(audiences=frozenset({"members"}))
    rebuild()

    assert ask("culvert").total == 0
    assert ask("culvert", make_member("Ana")).total == 1


def test_what_was_taken_away_is_gone_from_the_very_next_answer_though_no_index_has_followed(
    kept: dict[int, Recording],
) -> None:
    kept[7] = recording()
    rebuild()
    kept.pop(7)

    assert ask("culvert").shown == []


def test_fewer_captions_leave_no_window_behind(kept: dict[int, Recording]) -> None:
    kept[7] = recording()
    rebuild()
    before = {"en": 3, "es": 1, "ar": 1}
    kept[7] = replace(kept[7], captions={"es": ES})

    index_keys(keys_of(7, kept[7], before))
    generation = live()

    assert generation and not compare(generation)
    assert ask("pumps").total == 0
    assert ask("alcantarilla").total == 1


def test_one_of_which_nothing_was_written_down_is_found_by_its_title(kept: dict[int, Recording]) -> None:
    kept[7] = recording(captions={})
    rebuild()

    [line] = ask("portuarias").shown

    assert (line.found.address, line.found.start) == ("/recordings/7/harbour-cities/", 0)


def test_every_window_has_the_recordings_audience_and_its_own_second(kept: dict[int, Recording]) -> None:
    kept[7] = recording(audiences=frozenset({"members"}))

    documents = documents_of(keys_of(7, kept[7]))

    assert {document.audiences for document in documents} == {frozenset({"members"})}
    assert sorted(document.start for document in documents if document.language == "en") == [5, 3_727, 4_200]
    assert len({document.group for document in documents}) == 1
