"""What is hidden, narrowed or moved: out of the very next answer, its counts too, at the cost of a query or two."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.facts.models import Delivery
from community.members.actions import change_profile
from community.members.actions.cities import keep_city
from community.search import actions, feeding, queries
from community.search.engine import Facet
from community.search.feeding import index_facts
from community.search.generations import compare, live, rebuild
from forums.actions import hide_post, move_thread
from forums.actions.exchanges import change_request
from forums.models import Exchange
from tests.community.search.test_following import ask, found
from tests.factories.exchanges import make_citizen, make_exchange
from tests.factories.forums import make_forum, make_members_forum, make_post, make_thread
from tests.factories.members import make_city, make_member, make_moderator
from tests.factories.webinars import make_session, make_speaker

Deliver = Callable[[], None]


def as_asked(exchange: Exchange) -> dict[str, Any]:
    same = ("title", "theme", "sought", "offered", "languages", "needed_by", "is_open_to_guests", "language")
    return {name: getattr(exchange, name) for name in same} | {"tags": []}


def test_what_a_member_shows_no_more_finds_her_no_more_though_no_worker_works(indexed: Deliver) -> None:
    ana = make_citizen("Ana", "quito")
    told = {"name": "Ana", "position": "", "organisation": "", "reads": ["en"], "language": "en", "timezone": "UTC"}
    told |= {"city": ana.city, "themes": [], "tags": [], "about": "I build zanzibarines."}
    change_profile(ana, by=ana, shown={"about": "everybody"}, **told)
    indexed()
    assert found("zanzibarines") == {"Ana"}

    change_profile(ana, by=ana, shown={"about": "nobody"}, **told)

    assert found("zanzibarines") == set()
    indexed()
    assert found("zanzibarines") == set()
    assert found("ana") == {"Ana"}


def test_a_request_that_is_shown_to_guests_no_more_is_not_even_counted(indexed: Deliver) -> None:
    ana = make_citizen("Ana", "quito")
    exchange = make_exchange(ana, title="Who cleans ravines?", is_open_to_guests=True)
    indexed()
    assert ask("ravines").total == 1

    change_request(exchange, by=ana, **(as_asked(exchange) | {"is_open_to_guests": False}))
    answer = ask("ravines", facets=(Facet.KIND,))

    assert answer.total == 0
    assert not answer.facets.get(Facet.KIND)


def test_hiding_a_reply_keeps_the_rest_of_its_thread_in_answers(indexed: Deliver) -> None:
    thread = make_thread(title="Walls", body="Gabions.")
    post = make_post(thread, body="Gabions too.")
    indexed()

    hide_post(post, by=make_moderator(), reason="Off topic.")

    [line] = ask("gabions").shown
    assert (line.found.title, len(line.more)) == ("Walls", 0)


def test_however_much_waits_to_be_hidden_a_search_costs_the_same(indexed: Deliver) -> None:
    moderator = make_moderator()
    posts = [make_post(make_thread(title=f"Walls {number}"), body="Gabions.") for number in range(7)]
    make_thread(title="Gabions that stay")
    indexed()
    counts, left = [], []
    for part in (posts[:1], posts[1:]):
        for post in part:
            hide_post(post, by=moderator, reason="Off topic.")
        with CaptureQueriesContext(connection) as asked:
            left.append(ask("gabions").total)
        counts.append(len(asked))

    assert left == [7, 1]
    assert counts[0] == counts[1]


def test_where_more_waits_than_can_be_left_out_nothing_unseen_is_counted(
    indexed: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_WAITING", 2)
    for number in range(4):
        post = make_post(make_thread(title=f"Walls {number}"), body="Zanzibarine.")
        indexed()
        hide_post(post, by=make_moderator(), reason="Private.")
        Delivery.objects.filter(lane="index", done_at=None).update(due_at=timezone.now() + timedelta(days=1))
    answer = ask("zanzibarine", facets=(Facet.KIND,))

    assert (answer.total, list(answer.shown), answer.facets) == (0, [], {})


def test_what_is_too_much_at_once_is_indexed_in_parts(indexed: Deliver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeding, "AT_ONCE", 2)
    monkeypatch.setattr(actions, "A_PART", 2)
    here, closed = make_forum("here"), make_members_forum("closed")
    thread = make_thread(here, title="Walls", body="Gabions.")
    for number in range(6):
        make_post(thread, body=f"Gabion {number}.")
    indexed()

    move_thread(thread, to=closed, by=make_moderator(), reason="Belongs there.")
    [first] = Delivery.objects.filter(lane="index", done_at=None)
    index_facts([first.fact])
    first.done_at = timezone.now()
    first.save()

    assert Delivery.objects.filter(lane="index", done_at=None).count() == 3  # five posts of seven, two by two
    assert ask("gabions").total == 0  # also of what waits in the parts
    indexed()
    assert ask("gabions").total == 0
    assert found("gabions", make_member("Cai")) == {"Walls"}
    generation = live()
    assert generation
    assert [key for key in compare(generation).keys if key.startswith("post-")] == []


def test_a_renamed_city_finds_who_works_and_who_speaks_there(indexed: Deliver) -> None:
    city = make_city("quito")
    make_member("Ana", city=city)
    make_session(titles={"en": "Heat"}, speakers=(make_speaker(name="Bo", city_id=city.pk),))
    rebuild()

    city.name_en = "Zanzibarine"
    keep_city(city, by_id=None)
    indexed()

    assert found("zanzibarine") == {"Zanzibarine", "Ana", "Heat"}
