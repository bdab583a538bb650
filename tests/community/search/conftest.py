"""Both engines behind one name. Meilisearch's half needs a server: MEILISEARCH_TEST_URL says where one is."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from community.search.engine import Document, SearchEngine, SearchRequest, SearchResult
from community.search.engines.embedded import EmbeddedEngine
from tests.community.search.corpus import GUEST, SYNONYMS

MEILISEARCH = os.environ.get("MEILISEARCH_TEST_URL", "")
GENERATION = "g1"


@pytest.fixture(
    params=[
        "embedded",
        pytest.param(
            "meilisearch",
            marks=pytest.mark.skipif(not MEILISEARCH, reason="MEILISEARCH_TEST_URL names no Meilisearch server to ask"),
        ),
    ]
)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    if request.param == "embedded":
        yield EmbeddedEngine(tmp_path)
        return
    from community.search.engines.meilisearch import MeilisearchEngine

    made = MeilisearchEngine(MEILISEARCH, os.environ.get("MEILISEARCH_TEST_KEY", ""), prefix=f"test_{uuid4().hex[:8]}")
    yield made
    made.drop(GENERATION)


Ask = Callable[..., SearchResult]


@pytest.fixture
def index(engine: SearchEngine) -> Callable[..., None]:
    """Takes documents in and out, and comes back when they can be found."""
    engine.ensure(GENERATION, SYNONYMS)

    def apply(upserts: list[Document], deletes: list[str] | None = None) -> None:
        receipt = engine.apply(GENERATION, upserts, deletes or [])
        while not engine.is_done(receipt):
            pass

    return apply


@pytest.fixture
def ask(engine: SearchEngine) -> Ask:
    def asked(q: str, **told: object) -> SearchResult:
        request = SearchRequest(q=q, **({"audiences": GUEST} | told))  # type: ignore[arg-type]
        return engine.search(GENERATION, request)

    return asked


@pytest.fixture
def find(ask: Ask) -> Callable[..., set[str]]:
    """The groups found."""
    return lambda q, **told: {hit.group for hit in ask(q, **told).hits}
