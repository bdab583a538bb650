"""10,000 findings by whoever it may be: nobody is told a word of what she may not see."""

import random
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser

from community.search.engine import Facet, SearchRequest
from community.search.engines import engine
from community.search.generations import live, rebuild
from community.search.queries import audiences_of
from forums.models import Exchange, Forum, Outcome, Post
from forums.rules import seeable_posts
from forums.rules.exchanges import seeable_exchanges, seeable_outcomes
from tests.factories.exchanges import make_citizen, make_exchange, make_published, make_response
from tests.factories.forums import make_forum, make_members_forum, make_post, make_thread
from tests.factories.members import make_circle, make_member, make_moderator

CASES = 10_000  # keys that somebody was told
SEEN = {"post": seeable_posts, "exchange": seeable_exchanges, "outcome": seeable_outcomes}
WORDS = [f"word{number}" for number in range(40)] + ["word", "secret", "walls", "drained", "ravines"]


def test_nobody_finds_what_she_may_not_see(indexed: Callable[[], None]) -> None:
    chance = random.Random(4711)
    asker, helper, circled = make_citizen("Bo", "quito"), make_citizen("Cai", "belfast"), make_member("Eve")
    circle = make_circle("coastal", circled)
    places = [make_forum("open"), make_members_forum("members"), make_forum("circle", audience="group", circle=circle)]
    _write_threads(chance, places, by=circled)
    _write_exchanges(asker, helper)
    rebuild()
    generation = live()
    assert generation
    viewers = [AnonymousUser(), make_member("Ana"), asker, helper, make_moderator(), circled]
    audiences = [audiences_of(viewer) for viewer in viewers]
    seen = [{kind: set(rule(viewer).values_list("pk", flat=True)) for kind, rule in SEEN.items()} for viewer in viewers]
    tags = [{str(tag) for tag in _tags_of(each["post"])} for each in seen]
    assert len({len(each["post"]) for each in seen}) >= 4, "the viewers see different things"

    told = 0
    while told < CASES:
        which = chance.randrange(len(viewers))
        q = " ".join(chance.sample(WORDS, chance.choice((1, 1, 2))))
        found = engine().search(generation.name, SearchRequest(q, audiences[which], facets=(Facet.TAG,)))
        for key in (key for hit in found.hits for key in (hit.key, *hit.more)):
            kind, _, pk = key.rpartition("-")
            assert kind not in SEEN or int(pk) in seen[which][kind], (viewers[which], q, key)
            told += 1
        assert found.facets[Facet.TAG].keys() <= tags[which], (viewers[which], q)


def _write_threads(chance: random.Random, places: list[Forum], by: Any) -> None:
    for number in range(30):
        forum, tags = chance.choice(places), [f"tag{number}"]
        thread = make_thread(forum, title=f"Walls {number}", tags=tags, body=f"word{number % 40}", author=by)
        for _ in range(3):
            make_post(thread, author=by, body=f"word{chance.randrange(40)} word{chance.randrange(40)} secret")


def _write_exchanges(asker: Any, helper: Any) -> None:
    for number in range(6):
        exchange = make_exchange(asker, title=f"Ravines {number}", is_open_to_guests=bool(number % 2))
        make_response(exchange, helper, body=f"word{number} secret")
    make_published(make_citizen("Dan", "dakar"), make_citizen("Ed", "durban"))
    assert Exchange.objects.count() == 7
    assert Outcome.objects.exists()


def _tags_of(posts: set[int]) -> set[int]:
    found = Post.objects.filter(pk__in=posts).values_list("thread__tags", flat=True)
    return {tag for tag in found if tag is not None}
