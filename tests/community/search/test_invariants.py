"""What holds of index and database whoever dies, switches, breaks or writes meanwhile."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from community.facts.actions import action
from community.facts.models import Delivery, Fact
from community.facts.worker import carry_out
from community.search.actions import index_later
from community.search.documents import FINDABLE, Findable, Found
from community.search.engine import Document, Kind, SearchRequest
from community.search.engines import engine
from community.search.facts import ThingsToIndex
from community.search.feeding import index_facts
from community.search.generations import compare, live, rebuild, roll_back
from community.search.queries import search
from forums.actions import delete_post, edit_post, hide_post
from forums.models import Thread
from tests.factories.forums import make_post, make_thread
from tests.factories.members import make_member, make_moderator

pytestmark = pytest.mark.django_db
Deliver = Callable[[], None]
GUEST = AnonymousUser()


def found(q: str) -> list[str]:
    return [line.found.title for line in search(GUEST, SearchRequest(q, frozenset())).shown]


def differs() -> list[str]:
    generation = live()
    assert generation
    return compare(generation).keys


def waiting() -> int:
    return Delivery.objects.filter(lane="index", done_at=None).count()


@pytest.fixture
def probe() -> Iterator[Callable[..., None]]:
    """A room of the test's own, whose keys are read while others are at work."""

    def plug(
        *, ids: Callable[[], Iterator[list[int]]] = lambda: iter(()), documents: Callable[..., Any] = lambda ids: []
    ) -> None:
        nothing = Findable("probe", documents, ids, lambda viewer, ids: {}, lambda viewer: (), lambda *asked: [])
        others = dict(FINDABLE)
        FINDABLE.clear()
        FINDABLE.update({"probe": nothing, **others})

    yield plug
    FINDABLE.pop("probe", None)


@action
def post_and_break_off(thread: Thread) -> None:
    make_post(thread, author=thread.author, body="Gabions held.")
    raise ZeroDivisionError


def test_what_was_rolled_back_leaves_nothing_to_follow_and_nothing_in_the_index(indexed: Deliver) -> None:
    thread = make_thread(title="Walls")
    rebuild()
    before = Delivery.objects.count()

    with pytest.raises(ZeroDivisionError):
        post_and_break_off(thread)

    assert Delivery.objects.count() == before
    indexed()
    assert found("gabions") == []
    assert differs() == []


def test_killed_between_sending_and_marking_the_same_is_sent_again_and_nothing_doubles(indexed: Deliver) -> None:
    thread, cai = make_thread(title="Walls"), make_member("Cai")
    rebuild()
    post = make_post(thread, author=cai, body="Gabions held.")
    facts = list(Fact.objects.filter(delivery__lane="index", delivery__done_at=None).distinct())

    index_facts(facts)  # and here its worker dies: nothing is marked
    once = dict(engine().versions(live().name))  # type: ignore[union-attr]
    assert waiting() > 0
    indexed()

    assert waiting() == 0
    assert dict(engine().versions(live().name)) == once  # type: ignore[union-attr]
    assert f"post-{post.pk}" in once
    assert differs() == []


def test_after_a_hundred_writes_without_an_engine_nothing_differs_once_it_is_back(
    indexed: Deliver, settings: Any
) -> None:
    ana, dee, chance = make_member("Ana"), make_moderator(), random.Random(7)
    thread = make_thread(author=ana, title="Walls")
    rebuild()
    settings.MEILISEARCH_URL = "http://127.0.0.1:9"  # where nobody listens
    engine.cache_clear()

    for number in range(100):
        posts = list(thread.posts.filter(kind="reply", hidden_at=None, deleted_at=None))
        deed = chance.choice(["reply", "reply", "edit", "delete", "hide"]) if posts else "reply"
        if deed == "reply":
            make_post(thread, author=ana, body=f"Gabion number {number}.")
        elif deed == "edit":
            edit_post(chance.choice(posts), by=ana, body=f"Culvert number {number}.")
        elif deed == "delete":
            delete_post(chance.choice(posts), by=ana)
        else:
            hide_post(chance.choice(posts), by=dee, reason="A test.")
    for delivery in Delivery.objects.filter(lane="index", done_at=None):  # each is tried once, in vain
        carry_out([delivery], call=lambda function: function())
    stayed = waiting()
    settings.MEILISEARCH_URL = ""
    engine.cache_clear()
    Delivery.objects.filter(done_at=None).update(due_at=timezone.now())
    indexed()

    assert stayed >= 100
    assert waiting() == 0
    assert differs() == []


def test_a_rebuild_under_writes_loses_none_and_readers_are_answered_all_along(
    indexed: Deliver, probe: Callable[..., None]
) -> None:
    ana, thread = make_member("Ana"), make_thread(title="Standing walls")
    for number in range(20):
        make_post(thread, author=ana, body=f"Gabion {number}.")
    indexed()
    answered: list[list[str]] = []

    def while_it_reads() -> Iterator[list[int]]:
        """Before the posts are read, and again after: FINDABLE stands in order."""
        for number in range(15):
            some_post = thread.posts.filter(kind="reply", deleted_at=None).order_by("?").first()
            make_post(thread, author=ana, body=f"Culvert {number}.")
            if number % 3 == 0 and some_post:
                edit_post(some_post, by=ana, body=f"Dredged {number}.")
            if number % 7 == 0 and some_post:
                delete_post(some_post, by=ana)
            if number % 5 == 0:
                indexed()
            answered.append(found("standing"))
        yield []

    probe(ids=while_it_reads)

    made = rebuild()
    indexed()

    assert live() == made
    assert len(answered) >= 15
    assert all(titles == ["Standing walls"] for titles in answered)
    FINDABLE.pop("probe")
    assert differs() == []
    assert waiting() == 0


def test_one_document_that_cannot_be_made_keeps_no_other_out(indexed: Deliver, probe: Callable[..., None]) -> None:
    def documents(ids: Iterable[int]) -> list[Document]:
        raise ValueError(f"nobody can read {list(ids)}")

    probe(documents=documents)
    index_later(["probe-13"], as_fact=ThingsToIndex)
    make_thread(title="Walls")

    indexed()

    assert found("walls") == ["Walls"]
    [left] = Delivery.objects.filter(lane="index", done_at=None)
    assert left.fact.name == "things_to_index"


def test_what_a_document_says_otherwise_now_is_told_as_stale(indexed: Deliver, probe: Callable[..., None]) -> None:
    titles = {"en": "As it was"}

    def documents(ids: Iterable[int]) -> list[Document]:
        return [
            Document(f"probe-{pk}", Kind.SESSION, f"probe-{pk}", dict(titles), {}, frozenset({"public"})) for pk in ids
        ]

    probe(ids=lambda: iter([[1, 2]]), documents=documents)
    rebuild()

    titles["en"] = "As code makes it now"

    assert compare(live()).stale == ["probe-1", "probe-2"]  # type: ignore[arg-type]


def test_a_search_ends_on_the_index_it_began_with(indexed: Deliver) -> None:
    make_thread(title="Walls")
    indexed()
    first, second = live(), rebuild()
    whole = FINDABLE["post"]

    def show(viewer: Any, ids: Iterable[int]) -> Mapping[int, Found]:
        roll_back()  # somebody goes back while the hits are read
        return whole.show(viewer, ids)

    FINDABLE["post"] = replace(whole, show=show)
    try:
        meanwhile = found("walls")
    finally:
        FINDABLE["post"] = whole

    assert live() == first != second
    assert meanwhile == found("walls") == ["Walls"]


def test_each_night_the_index_is_compared_and_what_differs_is_indexed_again(indexed: Deliver) -> None:
    thread = make_thread(title="Walls")
    rebuild()
    indexed()
    generation = live()
    assert generation
    engine().apply(generation.name, [], [f"post-{thread.posts.get().pk}"])  # lost, and nobody was told
    assert found("walls") == []

    Delivery.objects.filter(fact__name="index_check_due", done_at=None).update(due_at=timezone.now())
    indexed()
    generation.refresh_from_db()

    assert found("walls") == ["Walls"]
    assert (generation.differed, generation.checked_at is not None) == (1, True)
    [coming] = Delivery.objects.filter(fact__name="index_check_due", done_at=None)
    assert timezone.now() < coming.due_at < timezone.now() + timedelta(days=2)


def test_an_index_that_answers_no_more_is_compared_no_more(indexed: Deliver) -> None:
    rebuild()
    old = live()
    rebuild()
    Delivery.objects.filter(fact__name="index_check_due", done_at=None).update(due_at=timezone.now())
    indexed()

    waiting = Delivery.objects.filter(fact__name="index_check_due", done_at=None).select_related("fact")
    assert old and live()
    assert [delivery.fact.ids["generation_id"] for delivery in waiting] == [live().pk]  # type: ignore[union-attr]
