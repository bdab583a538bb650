"""Similar threads, found while one writes."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forums.actions import edit_post, hide_post, join_tag
from forums.models import TitleWord
from forums.queries import similar_threads
from tests.factories.forums import make_forum, make_members_forum, make_post, make_thread, opening_of
from tests.factories.members import make_member, make_moderator

pytestmark = pytest.mark.django_db
Deliver = Callable[[], None]


def titles(title: str, *tags: str, limit: int = 5) -> list[str]:
    return [thread.title for thread in similar_threads(make_member("Cai"), title, tags, limit)]


@pytest.mark.parametrize(
    ("standing", "typed"),
    [
        ("Low-cost flood sensors that lasted", "Which FLOOD sensor lasts? Low cost please"),
        ("Inundación en la quebrada", "inundaciones? quebradas: INUNDACION"),
        ("Pluviômetros sem dados há três meses", "pluviometro sem dados"),
        ("Clapets antiretour des sous-sols", "clapet antiretour"),
        ("أسعار المياه في الطوارئ", "مياه وأسعار في طوارئ: أسعار"),
    ],
)
def test_case_accents_plurals_and_articles_make_no_difference(standing: str, typed: str) -> None:
    make_thread(title=standing)
    make_thread(title="Something else altogether")

    assert titles(typed) == [standing]


def test_one_word_in_common_is_not_enough_but_with_a_tag_it_is() -> None:
    make_thread(title="Pumps that start at night", tags=["flood"])

    assert titles("Who pays for pumps") == []
    assert titles("Who pays for pumps", "flood") == ["Pumps that start at night"]


def test_a_synonym_of_the_tag_will_do() -> None:
    thread = make_thread(title="Pumps that start at night", tags=["flood"])
    join_tag(thread.tags.get(), name="inundación", by=make_moderator(), reason="Spanish.")

    assert titles("Who pays for pumps", "inundacion") == [thread.title]


def test_the_likest_stands_first() -> None:
    make_thread(title="Mobile pump hire")
    make_thread(title="Mobile pump hire clause for small firms")
    make_thread(title="Mobile clinics and pump rooms")

    assert titles("Clause for mobile pump hire")[:2] == ["Mobile pump hire clause for small firms", "Mobile pump hire"]


def test_nothing_is_shown_that_its_reader_may_not_see() -> None:
    make_thread(make_members_forum("closed"), title="Canary pumps of the harbour")
    hidden = make_thread(title="Canary pumps of the airport")
    hide_post(opening_of(hidden), by=make_moderator(), reason="Advertising.")

    as_guest = Client().get("/threads/similar/?title=canary+pumps+here").content.decode()
    as_member = Client()
    as_member.force_login(make_member("Cai"))

    assert "anary" not in as_guest
    html = as_member.get("/threads/similar/?title=canary+pumps+here").content.decode()
    assert "harbour" in html and "airport" not in html


def test_an_edited_title_is_found_by_its_new_words_only() -> None:
    ana = make_member("Ana")
    thread = make_thread(author=ana, title="Blocked grids downtown")

    edit_post(opening_of(thread), by=ana, body="Why?", title="Blocked culverts uptown")

    assert titles("blocked grids downtown") == []
    assert titles("blocked culverts uptown") == ["Blocked culverts uptown"]
    assert TitleWord.objects.filter(thread=thread).count() == 3


def test_a_discussion_has_replies_not_answers() -> None:
    make_post(make_thread(make_forum("talk"), title="Blocked grids downtown"))

    html = Client().get("/threads/similar/?title=Blocked+grids+downtown").content.decode()

    assert "1 reply" in html
    assert "1 answer" not in html


def test_the_fragment_says_how_far_each_is_answered() -> None:
    thread = make_thread(make_forum("ask", kind="questions"), title="Blocked grids downtown")
    make_post(thread)

    html = Client().get("/threads/similar/?title=Blocked+grids+downtown").content.decode()

    assert "You may be answered here already" in html
    assert "1 answer" in html
    assert f'href="/threads/{thread.pk}/{thread.slug}/"' in html


@pytest.mark.parametrize("query", ["", "?title=", "?title=%D8", "?title=" + "a+" * 900, "?tags=" + "," * 500])
def test_whatever_is_asked_it_is_answered(query: str) -> None:
    assert Client().get(f"/threads/similar/{query}").status_code == 200


def test_without_a_script_they_stand_on_the_form_that_comes_back() -> None:
    make_thread(make_forum("floods"), title="Blocked grids downtown")
    client = Client()
    client.force_login(make_member("Cai"))
    typed = {"title": "blocked grids downtown", "body": "Why?", "preview": "1"}

    html = client.post("/forums/floods/new/", typed).content.decode()

    assert "You may be answered here already" in html


def test_it_costs_the_same_with_one_thread_and_with_three() -> None:
    cai = make_member("Cai")
    counts = []
    for number in (1, 2):
        for _ in range(number):
            make_thread(title="Blocked grids downtown", tags=["flood"])
        with CaptureQueriesContext(connection) as queries:
            similar_threads(cai, "Blocked grids", ["flood"], 5)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 6


def test_what_the_title_does_not_say_is_found_in_posts_and_with_typos(indexed: Deliver) -> None:
    thread = make_thread(title="After the rains", body="Culverts blocked by mattresses, every single year.")
    make_thread(title="Something else altogether", body="Nothing of the kind.")
    indexed()

    assert titles("Mattresses in a culvert") == [thread.title]
    assert titles("matresses in the cluverts") == [thread.title]


def test_a_thread_hidden_or_moved_away_is_not_alike_though_the_index_has_it(indexed: Deliver) -> None:
    thread = make_thread(title="After the rains", body="Culverts blocked by mattresses.")
    indexed()
    hide_post(opening_of(thread), by=make_moderator(), reason="Advertising.")

    assert titles("Mattresses in a culvert") == []


def test_below_a_thread_stand_others_and_never_itself_nor_what_is_not_for_the_reader(indexed: Deliver) -> None:
    thread = make_thread(title="Blocked grids downtown")
    make_thread(title="Grids downtown, blocked again")
    make_thread(make_members_forum("closed"), title="Blocked grids downtown, and who pays")
    indexed()

    html = Client().get(f"/threads/{thread.pk}/alike/").content.decode()

    assert "Grids downtown, blocked again" in html
    assert "who pays" not in html
    assert html.count("Blocked grids downtown") == 1  # the way back
    assert (
        f'href="/threads/{thread.pk}/alike/"' in Client().get(f"/threads/{thread.pk}/{thread.slug}/").content.decode()
    )


def test_what_is_alike_to_a_thread_one_may_not_see_is_not_there() -> None:
    closed = make_thread(make_members_forum("closed"), title="Blocked grids downtown")

    assert Client().get(f"/threads/{closed.pk}/alike/").status_code == 404


def test_by_the_search_too_it_costs_the_same_with_one_thread_and_with_three(indexed: Deliver) -> None:
    cai = make_member("Cai")
    counts = []
    for number in (1, 2):
        for _ in range(number):
            make_thread(title="Blocked grids downtown", tags=["flood"])
        indexed()
        with CaptureQueriesContext(connection) as queries:
            similar_threads(cai, "Blocked grids", ["flood"], 5)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 20
