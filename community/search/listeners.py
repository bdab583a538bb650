"""The indexes follow all that rooms have said changes them; saved searches are looked at when they are due."""

import logging

from community.facts.listeners import HEAVY, INDEX, listen_many, listens
from community.facts.models import Fact
from community.search import meaning
from community.search.documents import CHANGES, keys_told
from community.search.facts import IndexCheckDue, SavedSearchDue
from community.search.feeding import index_facts
from community.search.generations import check
from community.search.models import SavedSearch
from community.search.saved import look

log = logging.getLogger(__name__)


def follow(facts: list[Fact]) -> None:
    index_facts(facts)


def follow_meanings(facts: list[Fact]) -> None:
    meaning.follow(dict.fromkeys(keys_told(CHANGES, facts)))


def follow_all() -> None:
    """Once every room has spoken."""
    listen_many(*CHANGES, lane=INDEX)(follow)
    if meaning.is_there():
        listen_many(*CHANGES, lane=HEAVY)(follow_meanings)


@listens(IndexCheckDue, lane=HEAVY)
def check_the_index(fact: Fact) -> None:
    """What differs is indexed again; that anything does is for operators to know."""
    drift = check(fact.ids["generation_id"])
    if drift:
        log.warning(
            "search: index and database differ: %s missing, %s extra, %s stale",
            len(drift.missing),
            len(drift.extra),
            len(drift.stale),
        )


@listens(SavedSearchDue, lane=HEAVY)
def look_for_news(fact: Fact) -> None:
    """One that is saved no more is looked for no more."""
    saved = SavedSearch.objects.filter(pk=fact.ids["saved_search_id"]).select_related("member").first()
    if saved is not None:
        look(saved)
