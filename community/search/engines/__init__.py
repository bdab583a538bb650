"""Which engine answers."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from community.search.engine import SearchEngine
from community.search.engines.embedded import EmbeddedEngine


@lru_cache
def engine() -> SearchEngine:
    """One a process."""
    if settings.MEILISEARCH_URL:
        from community.search.engines.meilisearch import MeilisearchEngine  # a seventh of a start, where none is asked

        return MeilisearchEngine(settings.MEILISEARCH_URL, settings.MEILISEARCH_API_KEY)
    return EmbeddedEngine(Path(settings.DATA_DIR) / "search")
