"""Which engine answers."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from community.search.engine import SearchEngine
from community.search.engines.embedded import EmbeddedEngine


@lru_cache
def engine() -> SearchEngine:
    """One a process."""
    return EmbeddedEngine(Path(settings.DATA_DIR) / "search")
