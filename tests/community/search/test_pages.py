"""The search page, as guests and members read it."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.search.generations import rebuild
from forums.actions import hide_post
from tests.factories.exchanges import make_citizen, make_exchange, make_published
from tests.factories.forums import (
    make_forum,
    make_members_forum,
    make_post,
    make_question_forum,
    make_thread,
    opening_of,
)
from tests.factories.members import make_city, make_member, make_moderator
from tests.factories.webinars import make_session

Deliver = Callable[[], None]
MOST_QUERIES, MOST_QUERIES_OF_A_GUEST = 14, 10  # results of every kind on one page


def page(address: str, status: int = 200, client: Client | None = None) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def test_before_anything_is_asked_the_page_says_what_may_be(indexed: Deliver) -> None:
    html = page("/search/")

    assert "Type what you look for" in html
    assert 'id="results"' not in html


def test_a_result_shows_its_title_its_passage_and_where_it_stands(indexed: Deliver) -> None:
    thread = make_thread(title="Ravine <b>walls</b>", body="Gabions & terraces held.", author=make_member("Ana"))
    indexed()

    html = page("/search/?q=gabions")

    assert "1 result" in html
    assert f'href="/posts/{opening_of(thread).pk}/"' in html
    assert "Ravine &lt;b&gt;walls&lt;/b&gt;" in html
    assert "<mark>Gabions</mark> &amp; terraces held." in html
    assert "Ana" in html


def test_a_thread_stands_once_with_its_other_passages(indexed: Deliver) -> None:
    thread = make_thread(title="Walls")
    for number in range(3):
        make_post(thread, body=f"Gabion number {number}.")
    indexed()

    html = page("/search/?q=gabion")

    assert "1 result" in html
    assert "2 more passages here" in html


def test_in_spanish_its_links_stay_in_spanish(indexed: Deliver) -> None:
    thread = make_thread(title="Walls")
    indexed()

    assert f'href="/es/posts/{opening_of(thread).pk}/"' in page("/es/search/?q=walls")


def test_facets_narrow_and_can_be_taken_away(indexed: Deliver) -> None:
    make_thread(title="Walls", tags=["gabions"])
    make_thread(title="Walls of another kind")
    indexed()

    html = page("/search/?q=walls")
    assert "2 results" in html
    assert "?q=walls&amp;tag=gabions" in html

    html = page("/search/?q=walls&tag=gabions")
    assert "1 result" in html
    assert 'href="?q=walls" aria-current="true"' in html


def test_in_one_forum_only(indexed: Deliver) -> None:
    here, there = make_forum("here"), make_forum("there")
    make_thread(here, title="Walls here")
    make_thread(there, title="Walls there")
    indexed()

    html = page(f"/search/?q=walls&in=forum-{here.pk}")

    assert "1 result" in html


def test_where_nothing_is_found_one_may_ask_with_the_same_words(indexed: Deliver) -> None:
    make_question_forum("ask")
    ana = Client()
    ana.force_login(make_member("Ana"))

    html = page("/search/?q=zzyzx%20qwerty&kind=city")

    assert "Nothing here has “zzyzx qwerty”." in html
    assert 'href="?q=zzyzx+qwerty"' in html
    answer = ana.get("/forums/ask-the-community/?title=zzyzx+qwerty", follow=True)
    assert 'value="zzyzx qwerty"' in answer.content.decode()


def test_where_nothing_is_found_the_page_says_what_was_looked_through(indexed: Deliver) -> None:
    forum = make_forum("walls", title_en="All about walls")
    make_city("quito", name_en="Quito")
    make_thread(forum, tags=["pumps"])
    indexed()
    told = r'<span class="chip" dir="auto">([^<]*)</span>'

    everywhere = page("/search/?q=zzyzx")
    narrowed = page(f"/search/?q=zzyzx&kind=post&language=pt&tag=pumps&city=quito&from=2026-01-31&in=forum-{forum.pk}")

    assert re.findall(told, everywhere) == [
        "Posts",
        "Answers",
        "Outcomes of exchanges",
        "Requests between cities",
        "Webinar sessions",
        "Cities",
        "Members",
    ]
    assert re.findall(told, narrowed) == [
        "Posts",
        "Português",
        "pumps",
        "Quito",
        "All about walls",
        "From: 31 Jan 2026",
    ]


def test_beside_looser_matches_one_may_ask_too(indexed: Deliver) -> None:
    make_question_forum("ask")
    make_thread(title="Walls")
    indexed()

    html = page("/search/?q=zzyzx%20walls")

    assert "Nothing has all your words. These have some of them." in html
    assert "Looked through, in every language:" in html
    assert 'href="/forums/ask-the-community/?title=zzyzx+walls"' in html


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("q=x&kind=nonsense", "nonsense"),
        ("q=x&from=yesterday", "Enter a valid date."),
        ("q=x&from=2026-02-02&to=2026-02-01", "This day is before"),
        ("q=" + "x" * 201, "at most 200 characters"),
    ],
)
def test_a_value_that_is_none_is_told_and_what_was_typed_stays(query: str, words: str, indexed: Deliver) -> None:
    html = page(f"/search/?{query}", status=400)

    assert words in html
    assert 'value="x' in html


@pytest.mark.parametrize(
    "query",
    [
        "q=walls&page=0",
        "q=walls&page=51",
        "q=walls&page=x",
        "q=walls&in=%27%20OR",
        "q=walls&in=forum-1%27x",
        "q=a&city=nowhere",
    ],
)
def test_what_no_link_of_ours_says_is_refused(query: str, indexed: Deliver) -> None:
    page(f"/search/?{query}", status=400)


@pytest.mark.parametrize("q", ["%ED%A0%80", "%E2%80%AE", "%22%22", "-", "%F0%9F%8C%8A", "'", "%5C"])
def test_whatever_is_typed_is_answered(q: str, indexed: Deliver) -> None:
    page(f"/search/?q={q}")


@pytest.mark.parametrize("days", ["from=0001-01-01&to=9999-12-31", "to=0001-01-01", "from=9999-12-31"])
def test_days_reach_to_both_ends_of_the_calendar(days: str, indexed: Deliver) -> None:
    make_thread(title="Walls")
    indexed()

    html = page(f"/search/?q=walls&{days}")

    assert ("1 result" in html) == ("&" in days)


@pytest.mark.parametrize("query", ["language=es", "from=2020-01-01", "to=2999-01-01"])
def test_a_filter_alone_is_a_question_too(query: str, indexed: Deliver) -> None:
    make_thread(title="Muros", language="es")
    indexed()

    assert "1 result" in page(f"/search/?q=&{query}")


def test_without_an_index_titles_are_found_and_the_page_says_so(db: None) -> None:
    make_thread(title="Walls of gabions")

    html = page("/search/?q=gabions")

    assert "The search is resting" in html
    assert "Walls of <mark>gabions</mark>" in html


def test_a_hidden_post_is_gone_from_the_very_next_page(indexed: Deliver) -> None:
    post = make_post(make_thread(title="Walls"), body="Zanzibarine.")
    indexed()
    assert "Zanzibarine" in page("/search/?q=zanzibarine")

    hide_post(post, by=make_moderator(), reason="Private.")

    assert "Nothing found" in page("/search/?q=zanzibarine")


def make_one_of_each_kind(number: int) -> None:
    """A thread, a request, what came of another, a session, a city and a member: six results for "drained"."""
    city = make_city(f"drained-{number}", name_en=f"Drained {number}")
    author = make_member(f"Drained {number}", city=city, city_confirmed_at=timezone.now())
    make_thread(title=f"Drained {number}", tags=[f"tag {number}"], author=author)
    make_exchange(author, title=f"Drained {number}", is_open_to_guests=True)
    make_session(f"session-{number}", titles={"en": f"Drained {number}"})
    asker, helper = make_citizen("Asker", f"asker-{number}"), make_citizen("Helper", f"helper-{number}")
    make_published(asker, helper, title="Pumps")


def queries_of(address: str, client: Client) -> list[str]:
    page(address, client=client)  # what every process asks once
    with CaptureQueriesContext(connection) as asked:
        page(address, client=client)
    return [query["sql"] for query in asked.captured_queries]


@pytest.mark.parametrize(("is_member", "most"), [(False, MOST_QUERIES_OF_A_GUEST), (True, MOST_QUERIES)])
def test_it_costs_the_same_queries_with_one_result_of_each_kind_and_with_twenty_results(
    indexed: Deliver, is_member: bool, most: int
) -> None:
    client = Client()
    if is_member:
        client.force_login(make_member("Reader"))
    make_one_of_each_kind(0)
    rebuild()
    assert "6 results" in page("/search/?q=drained", client=client)
    once = queries_of("/search/?q=drained", client)
    for number in (1, 2):
        make_one_of_each_kind(number)
        make_thread(title="Drained too")
    rebuild()

    often = queries_of("/search/?q=drained", client)

    assert "20 results" in page("/search/?q=drained", client=client)
    assert (len(once), len(often)) == (most, most)


def test_it_costs_the_same_queries_with_one_thread_and_with_twenty(indexed: Deliver) -> None:
    client = Client()
    client.force_login(make_member("Reader"))
    make_thread(title="Walls", tags=["a"], author=make_member("Ana", city=make_city("quito")))
    indexed()
    once = queries_of("/search/?q=walls", client)
    for number in range(19):
        make_thread(title=f"Walls {number}", tags=["b"], author=make_member(city=make_city(f"city-{number}")))
    indexed()

    often = queries_of("/search/?q=walls", client)

    assert "20 results" in page("/search/?q=walls", client=client)
    assert (len(once), len(often)) == (9, 9)


def test_each_filter_that_names_a_row_costs_one_query_more(indexed: Deliver) -> None:
    make_thread(title="Walls", tags=["a"], author=make_member("Ana", city=make_city("quito")))
    indexed()
    plain = queries_of("/search/?q=walls", Client())

    narrowed = queries_of("/search/?q=walls&tag=a&city=quito", Client())

    assert len(narrowed) == len(plain) + 2


def test_no_search_engine_is_invited(indexed: Deliver) -> None:
    assert 'name="robots" content="noindex' in page("/search/?q=walls") or "noindex" in page("/search/?q=walls")


def test_while_one_types_titles_are_suggested_that_she_may_see(indexed: Deliver) -> None:
    thread = make_thread(title="Ravine walls", language="en")
    make_thread(make_members_forum("closed"), title="Ravine budgets")
    indexed()

    answer = Client().get("/fr/search/suggest/?q=ravi")

    assert answer.json() == {
        "suggestions": [
            {
                "title": "Ravine walls",
                "language": "en",
                "kind": "Message",
                "address": f"/fr/posts/{opening_of(thread).pk}/",
            }
        ]
    }
    assert answer["Cache-Control"] == "private, no-store"


def test_tags_are_suggested_as_far_as_threads_bear_them_that_one_may_see(indexed: Deliver) -> None:
    make_thread(title="Walls", tags=["Inundación"])
    make_thread(make_members_forum("closed"), title="Budgets", tags=["inundated budgets"])
    indexed()

    told = Client().get("/search/suggest/?q=inund").json()["suggestions"]

    assert [(each["title"], each["kind"]) for each in told if each["kind"] == "Tag"] == [("Inundación", "Tag")]


def test_where_one_searches_in_one_forum_the_page_says_so_and_leads_out(indexed: Deliver) -> None:
    forum, closed = make_forum("here", title_en="Drains"), make_members_forum("closed", title_en="Back room")
    make_thread(forum, title="Walls here")
    indexed()

    assert f'name="in" value="forum-{forum.pk}"' in page("/forums/here/")
    html = page(f"/search/?q=walls&in=forum-{forum.pk}")
    assert "Only in “Drains”." in html
    assert 'href="?q=walls"' in html
    assert "Back room" not in page(f"/search/?q=walls&in=forum-{closed.pk}")


@pytest.mark.parametrize("q", ["", "a", "%20%20%20", "%22", "x" * 5_000, "%ED%A0%80"])
def test_nothing_is_suggested_for_what_is_no_word(q: str, indexed: Deliver) -> None:
    assert Client().get(f"/search/suggest/?q={q}").json() == {"suggestions": []}
