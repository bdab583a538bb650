"""The indexes follow all that rooms have said changes them."""

from community.facts.listeners import INDEX, listen_many
from community.facts.models import Fact
from community.search.documents import CHANGES
from community.search.feeding import index_facts


def follow(facts: list[Fact]) -> None:
    index_facts(facts)


def follow_all() -> None:
    """Once every room has spoken."""
    listen_many(*CHANGES, lane=INDEX)(follow)
