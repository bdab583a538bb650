"""Searches that members save: they are told of what is new, once, and of nothing else."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from community.facts.models import Delivery
from community.members.models import Member
from community.notifications.queries import notices_of
from community.search.actions import MOST_SAVED, note_look, save_search
from community.search.engines import engine
from community.search.generations import live
from community.search.models import SavedSearch
from community.search.saved import look
from forums.actions import hide_post
from tests.factories.exchanges import make_citizen, make_exchange
from tests.factories.forums import make_members_forum, make_post, make_thread
from tests.factories.members import make_member, make_moderator
from tests.factories.webinars import make_session

Deliver = Callable[[], None]
Pass = Callable[[timedelta], None]
HOURS = timedelta(hours=1, minutes=10)


@pytest.fixture
def passing() -> Iterator[Pass]:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock.shift


def told(member: Member) -> list[str]:
    return [each.shown.text for each in notices_of(member).notices]


def test_something_new_that_fits_is_told_once(indexed: Deliver, passing: Pass) -> None:
    ana = make_member("Ana")
    make_thread(title="Gabions of old")
    save_search(ana, "q=gabions")
    passing(timedelta(minutes=20))
    make_thread(title="Gabions of today")
    make_thread(title="Something else")
    indexed()

    passing(HOURS)
    indexed()
    assert told(ana) == ["Something new fits your search “gabions”."]

    for _ in range(3):
        passing(HOURS)
        indexed()
    assert len(told(ana)) == 1
    assert Delivery.objects.filter(done_at=None, parked_at=None, listener__endswith="look_for_news").count() == 1


def test_what_was_there_before_and_what_she_writes_herself_is_no_news(indexed: Deliver, passing: Pass) -> None:
    ana = make_member("Ana")
    old = make_thread(title="Gabions of old")
    indexed()
    passing(HOURS)
    save_search(ana, "q=gabions")
    passing(timedelta(minutes=20))
    make_thread(title="Gabions of mine", author=ana)
    make_post(old, body="No such word.")
    indexed()

    passing(HOURS)
    indexed()

    assert told(ana) == []


def test_nothing_is_told_of_what_she_may_not_see(indexed: Deliver, passing: Pass) -> None:
    ana, bo, cai = make_member("Ana"), make_citizen("Bo", "quito"), make_citizen("Cai", "belfast")
    exchange = make_exchange(bo, title="Who cleans ravines?")
    for member in (ana, cai):
        save_search(member, "q=zanzibarine")
    passing(timedelta(minutes=20))
    make_post(exchange.thread, author=bo, body="Zanzibarine.")
    shown = make_post(make_thread(title="Walls"), body="Zanzibarine here.")
    hide_post(shown, by=make_moderator(), reason="Private.")
    indexed()

    passing(HOURS)
    indexed()

    assert told(ana) == told(cai) == []


def test_a_session_is_news_when_it_is_published_whenever_it_begins(indexed: Deliver, passing: Pass) -> None:
    ana = make_member("Ana")
    save_search(ana, "q=heat&kind=session")
    passing(timedelta(minutes=20))
    make_session(titles={"en": "Heat at night"})
    make_thread(title="Heat")
    indexed()

    passing(HOURS)
    indexed()

    assert len(told(ana)) == 1


def test_what_was_written_while_no_engine_answered_is_told_when_it_does(indexed: Deliver, passing: Pass) -> None:
    ana = make_member("Ana")
    save_search(ana, "q=gabions")
    passing(timedelta(minutes=20))
    make_thread(title="Gabions of today")
    index = Delivery.objects.filter(lane="index", done_at=None)
    later = timezone.now() + timedelta(days=1)
    index.update(due_at=later)  # its worker is away
    passing(HOURS)
    indexed()
    assert told(ana) == []

    index.update(due_at=timezone.now())
    indexed()
    passing(HOURS)
    indexed()

    assert len(told(ana)) == 1


def test_two_workers_at_one_look_tell_once_and_look_on_once(indexed: Deliver) -> None:
    saved = save_search(make_member("Ana"), "q=gabions")
    waiting = Delivery.objects.filter(listener__endswith="look_for_news", done_at=None)
    other = SavedSearch.objects.get(pk=saved.pk)

    note_look(saved, up_to=timezone.now(), fits=True)
    note_look(other, up_to=timezone.now(), fits=True)

    assert waiting.count() == 2  # the first one, and one after it
    assert Delivery.objects.filter(listener__endswith="tell_of_search").count() == 1


def test_one_that_cannot_be_asked_any_more_is_quiet(indexed: Deliver) -> None:
    saved = save_search(make_member("Ana"), "q=x&tag=gone")
    SavedSearch.objects.filter(pk=saved.pk).update(looked_at=timezone.now() - HOURS)
    saved.refresh_from_db()
    make_thread(title="X")

    look(saved)

    generation = live()
    assert generation
    assert engine().search(generation.name, _everything()).total == 0  # nothing was indexed, and nothing was told
    assert told(saved.member) == []


def _everything() -> Any:
    from community.search.engine import SearchRequest

    return SearchRequest("", frozenset({"p"}))


# --- Pages ---


@pytest.fixture
def ana() -> tuple[Client, Member]:
    client, member = Client(), make_member("Ana")
    client.force_login(member)
    return client, member


def test_a_member_saves_a_search_from_its_page_and_forgets_it(indexed: Deliver, ana: tuple[Client, Member]) -> None:
    client, member = ana
    html = client.get("/search/?q=gabions&sort=newest&page=1").content.decode()
    assert "Tell me when something new fits" in html

    answer = client.post("/search/saved/keep/", {"query": "q=gabions&sort=newest&page=2"}, follow=True)
    assert "You are told when something new fits." in answer.content.decode()
    saved = SavedSearch.objects.get(member=member)
    assert saved.query == "q=gabions"
    assert "gabions" in client.get("/search/saved/").content.decode()

    client.post(f"/search/saved/{saved.pk}/forget/")
    assert not SavedSearch.objects.exists()


def test_saved_again_it_is_the_same_one(indexed: Deliver, ana: tuple[Client, Member]) -> None:
    for _ in range(2):
        ana[0].post("/search/saved/keep/", {"query": "q=gabions"})

    assert SavedSearch.objects.count() == 1


def test_nobody_forgets_anothers(indexed: Deliver, ana: tuple[Client, Member]) -> None:
    saved = save_search(make_member("Cai"), "q=gabions")

    ana[0].post(f"/search/saved/{saved.pk}/forget/")

    assert SavedSearch.objects.filter(pk=saved.pk).exists()
    assert "gabions" not in ana[0].get("/search/saved/").content.decode()


def test_there_is_an_end_to_how_many_one_saves(indexed: Deliver, ana: tuple[Client, Member]) -> None:
    for number in range(MOST_SAVED):
        save_search(ana[1], f"q=words{number}")

    html = ana[0].post("/search/saved/keep/", {"query": "q=gabions"}, follow=True).content.decode()

    assert "Forget one of them first." in html
    assert SavedSearch.objects.count() == MOST_SAVED


@pytest.mark.parametrize("query", ["", "q=", "page=2", "kind=nonsense&q=x", "q=" + "x" * 500, "%ED%A0%80=1"])
def test_what_asks_for_nothing_is_not_saved(query: str, indexed: Deliver, ana: tuple[Client, Member]) -> None:
    assert ana[0].post("/search/saved/keep/", {"query": query}).status_code == 404
    assert not SavedSearch.objects.exists()


def test_a_guest_is_asked_to_sign_in_and_sees_no_button(indexed: Deliver) -> None:
    make_thread(make_members_forum("closed"), title="Walls")

    assert "Tell me when" not in Client().get("/search/?q=walls").content.decode()
    assert Client().get("/search/saved/").status_code == 302
    answer = Client().post("/search/saved/keep/", {"query": "q=walls"})
    assert answer.status_code in (302, 401, 403)
    assert not SavedSearch.objects.exists()


def test_the_list_costs_the_same_with_one_and_with_three(
    indexed: Deliver, ana: tuple[Client, Member], django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client, member = ana
    save_search(member, "q=one")
    client.get("/search/saved/")
    with django_assert_max_num_queries(12) as first:
        client.get("/search/saved/")
    for q in ("two", "three"):
        save_search(member, f"q={q}")

    with django_assert_num_queries(len(first)):
        client.get("/search/saved/")
