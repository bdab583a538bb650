"""How the search stands, for operators and for /readyz."""

from dataclasses import dataclass

from django.conf import settings

from community.facts.listeners import INDEX
from community.facts.models import Delivery
from community.search.engine import EngineUnavailable
from community.search.engines import engine
from community.search.generations import live


@dataclass(frozen=True)
class SearchStanding:
    """Params: engine, its name; waiting and parked, deliveries."""

    engine: str
    is_healthy: bool
    waiting: int
    parked: int


def standing() -> SearchStanding:
    open_ones = Delivery.objects.filter(lane=INDEX, done_at=None)
    return SearchStanding(
        engine="meilisearch" if settings.MEILISEARCH_URL else "embedded",
        is_healthy=is_answering(),
        waiting=open_ones.filter(parked_at=None).count(),
        parked=open_ones.filter(parked_at__isnull=False).count(),
    )


def is_answering() -> bool:
    try:
        generation = live()
        return generation is not None and engine().is_healthy(generation.name)
    except EngineUnavailable:
        return False
