"""The grown shape's engine: a Meilisearch server, by its official client. Written for 1.13 and later.

The server is given folded words and answers with keys alone. Whatever it has not done yet is a task: the receipt of
`apply()` names it, and the delivery stays until it has succeeded.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from meilisearch import Client
from meilisearch.errors import MeilisearchApiError, MeilisearchError
from pydantic import ValidationError

from community.search.engine import (
    FIRST_KIND,
    MOST_TOTAL,
    SHAPE,
    Document,
    EngineUnavailable,
    Facet,
    Hit,
    SearchRequest,
    SearchResult,
)
from community.search.words import Question, Synonyms, words_in

SECONDS = 2  # for any answer
AWAY_SECONDS = 15.0  # after a question in vain none is put: a reader waits two seconds for nothing once, not each time
PAGE = 1_000  # documents read at once for a comparison
MORE = 200  # others of the groups on a page
HINT = 0.05  # of a ranking score, which is from 0 to 1
COMPARED = ["made_at"]
FILTERS = ["id", "group", "audience", "place", *(facet.value for facet in Facet)]
RANKING = ["sort", "words", "typo", "is_first:desc", "proximity", "attribute", "exactness", "active_at:desc"]
GONE = "index_not_found"
Answer = TypeVar("Answer")


class MeilisearchEngine:
    """Params: url and key of the server; prefix, of the names of its indexes, where it serves others too."""

    def __init__(self, url: str, key: str, prefix: str = "frontline") -> None:
        self._url, self._key, self._prefix = url, key, prefix
        self._here = threading.local()
        self._away_until = 0.0

    def ensure(self, generation: str, synonyms: Synonyms = ()) -> None:
        """Synonyms are the server's own, set here once: a changed table is followed by the next rebuild."""
        uid = self._uid(generation)
        if _unless_gone(lambda: self._client.get_raw_index(uid)) is not None:
            return
        self._insist(self._call(lambda: self._client.create_index(uid, {"primaryKey": "id"})).task_uid)
        settings = settings_of(synonyms)
        self._insist(self._call(lambda: self._client.index(uid).update_settings(settings)).task_uid)

    def apply(self, generation: str, upserts: Sequence[Document], deletes: Iterable[str]) -> str:
        """Never asked to delete nothing: the client would ask to delete without a filter."""
        index = self._client.index(self._uid(generation))
        gone, tasks = list(deletes), list[int]()
        if gone:
            tasks.append(self._call(lambda: index.delete_documents(filter=_any_of("id", gone))).task_uid)
        if upserts:
            rows = [row_of(document) for document in upserts]
            tasks.append(self._call(lambda: index.add_documents(rows, "id")).task_uid)
        return " ".join(map(str, tasks))

    def is_done(self, receipt: str) -> bool:
        return all(self._is_task_done(int(number)) for number in receipt.split())

    def search(self, generation: str, request: SearchRequest) -> SearchResult:
        question = request.question
        if not request.audiences or (not question.terms and not question.is_blank):
            return SearchResult((), 0)
        if time.monotonic() < self._away_until:
            raise EngineUnavailable("it did not answer a moment ago")
        try:
            return self._search(generation, request, question)
        except EngineUnavailable:
            self._away_until = time.monotonic() + AWAY_SECONDS
            raise

    def _search(self, generation: str, request: SearchRequest, question: Question) -> SearchResult:
        index = self._client.index(self._uid(generation))
        q, asked = written(question, request.q), options(request)
        answer = self._call(lambda: index.search(q, asked | {"matchingStrategy": "all"}))
        is_partial = not answer["totalHits"] and len(question.terms) > 1
        if is_partial:
            answer = self._call(lambda: index.search(q, asked | {"matchingStrategy": "last"}))
        hits = _hinted(answer["hits"], request)
        others = self._others(index, q, asked, hits)
        counts = self._counts(index, q, asked, request.facets, "last" if is_partial else "all")
        return SearchResult(
            hits=[Hit(hit["id"], hit["group"], tuple(others.get(hit["group"], ()))) for hit in hits],
            total=answer["totalHits"],
            is_total_exact=answer["totalHits"] < MOST_TOTAL,
            is_partial=is_partial and bool(hits),
            facets={facet: dict(counts.get(facet.value, {})) for facet in request.facets},
        )

    def versions(self, generation: str) -> Iterator[tuple[str, int]]:
        index, offset = self._client.index(self._uid(generation)), 0
        while True:
            page = self._call(
                lambda at=offset: index.get_documents({"fields": ["id", "version"], "limit": PAGE, "offset": at})  # type: ignore[misc]
            )
            for row in page.results:
                yield row.id, row.version
            offset += PAGE
            if offset >= page.total:
                return

    def drop(self, generation: str) -> None:
        _unless_gone(lambda: self._client.delete_index(self._uid(generation)))

    def is_healthy(self, generation: str) -> bool:
        return _unless_gone(lambda: self._client.get_raw_index(self._uid(generation))) is not None

    @property
    def _client(self) -> Client:
        """One a thread: the client changes its own headers while it asks."""
        if not hasattr(self._here, "client"):
            self._here.client = Client(self._url, self._key or None, timeout=SECONDS)
        client: Client = self._here.client
        return client

    def _uid(self, generation: str) -> str:
        return f"{self._prefix}_{generation}_{SHAPE}"

    @staticmethod
    def _call(call: Callable[[], Answer]) -> Answer:
        try:
            return call()
        except (MeilisearchError, ValidationError) as error:  # the latter: an answer in no shape of its own
            raise EngineUnavailable(str(error)) from error

    def _others(self, index: Any, q: str, asked: dict[str, Any], hits: list[dict[str, str]]) -> dict[str, list[str]]:
        """Of each group on the page, its documents beside the one that stands for it."""
        if not hits:
            return {}
        groups = [hit["group"] for hit in hits]
        alike = {name: value for name, value in asked.items() if name in ("filter", "sort", "attributesToRetrieve")}
        alike["filter"] = [*alike["filter"], _any_of("group", groups)]
        answer = self._call(lambda: index.search(q, alike | {"matchingStrategy": "all", "limit": MORE}))
        first, found = {hit["id"] for hit in hits}, dict[str, list[str]]()
        for hit in answer["hits"]:
            if hit["id"] not in first:
                found.setdefault(hit["group"], []).append(hit["id"])
        return found

    def _counts(
        self, index: Any, q: str, asked: dict[str, Any], facets: Sequence[Facet], strategy: str
    ) -> dict[str, dict[str, int]]:
        """Of documents. Asked together with the hits, of each group only the document that stands for it counts."""
        if not facets:
            return {}
        names = [facet.value for facet in facets]
        told = {"filter": asked["filter"], "facets": names, "limit": 0, "matchingStrategy": strategy}
        counts: dict[str, dict[str, int]] = self._call(lambda: index.search(q, told)).get("facetDistribution") or {}
        return counts

    def _is_task_done(self, number: int) -> bool:
        task = self._call(lambda: self._client.get_task(number))
        if task.status in ("failed", "canceled"):
            raise ValueError(f"Meilisearch refused task {number}: {(task.error or {}).get('message', task.status)}")
        return str(task.status) == "succeeded"

    def _insist(self, number: int) -> None:
        task = self._call(lambda: self._client.wait_for_task(number, timeout_in_ms=30_000))
        if task.status != "succeeded":
            raise EngineUnavailable(f"task {number}: {(task.error or {}).get('message', task.status)}")


def _hinted(hits: list[dict[str, Any]], request: SearchRequest) -> list[dict[str, Any]]:
    """The server knows no such wish: within a page, what is in the reader's language goes before what is as good."""
    if not request.hint or request.sorted_by:
        return hits
    worth = {hit["id"]: hit.get("_rankingScore", 0.0) + HINT * (hit.get("language") == request.hint) for hit in hits}
    return sorted(hits, key=lambda hit: -worth[hit["id"]])


def _unless_gone(call: Callable[[], Answer]) -> Answer | None:
    try:
        return call()
    except MeilisearchApiError as error:
        if error.code == GONE:
            return None
        raise EngineUnavailable(str(error)) from error
    except MeilisearchError as error:
        raise EngineUnavailable(str(error)) from error


def settings_of(synonyms: Synonyms) -> dict[str, Any]:
    """All in one task, before the first document: touched later, they would be read into every document again."""
    return {
        "searchableAttributes": ["title", "name", "body"],
        "displayedAttributes": ["id", "group", "version", "language"],
        "filterableAttributes": [
            {
                "attributePatterns": FILTERS,
                "features": {"facetSearch": False, "filter": {"equality": True, "comparison": False}},
            },
            {
                "attributePatterns": COMPARED,
                "features": {"facetSearch": False, "filter": {"equality": True, "comparison": True}},
            },
        ],
        "sortableAttributes": ["made_at", "active_at", "votes"],
        "rankingRules": RANKING,
        "typoTolerance": {"minWordSizeForTypos": {"oneTypo": 5, "twoTypos": 9}, "disableOnNumbers": True},
        "synonyms": synonyms_of(synonyms),
        "faceting": {"maxValuesPerFacet": 100, "sortFacetValuesBy": {"*": "count"}},
        "pagination": {"maxTotalHits": MOST_TOTAL},
    }


def synonyms_of(groups: Synonyms) -> dict[str, list[str]]:
    """Each phrase of a group leads to the others."""
    phrases = [[" ".join(words) for words in sorted(group)] for group in groups]
    return {phrase: [other for other in group if other != phrase] for group in phrases for phrase in group}


def row_of(document: Document) -> dict[str, Any]:
    return {
        "id": document.key,
        "group": document.group,
        "version": document.version,
        "kind": document.kind.value,
        "language": document.language,
        "audience": sorted(document.audiences),
        "tag": list(document.tags),
        "city": list(document.cities),
        "programme": list(document.programmes),
        "place": list(document.places),
        "made_at": document.made_at,
        "active_at": document.active_at,
        "votes": document.votes,
        "is_first": int(document.kind is FIRST_KIND),
        "title": [" ".join(words_in(text)) for text in document.titles.values()],
        "name": [" ".join(words_in(text)) for text in document.names],
        "body": [" ".join(words_in(text)) for text in document.bodies.values()],
    }


def written(question: Question, typed: str) -> str:
    """In Meilisearch's own way: phrases quoted, words one does not want behind a minus; a space ends the last word."""
    parts = [f'"{" ".join(term.words)}"' if term.is_exact else " ".join(term.words) for term in question.terms]
    parts += [f'-"{" ".join(words)}"' for words in question.unwanted]
    is_begun = bool(question.terms) and question.terms[-1].is_begun and not question.unwanted
    return " ".join(parts) + ("" if is_begun or not typed else " ")


def options(request: SearchRequest) -> dict[str, Any]:
    """Nothing that a reader typed stands in a filter: enums, ids and numbers alone."""
    by = request.sorted_by
    return {
        "filter": list(_filters(request)),
        "page": request.page,
        "hitsPerPage": request.per_page,
        "distinct": "group",
        "attributesToRetrieve": ["id", "group", "language"],
        "showRankingScore": bool(request.hint),
        **({"sort": [f"{by}:desc"]} if by else {}),
    }


def _filters(request: SearchRequest) -> Iterator[str]:
    for name, values in request.filters.items():
        yield _any_of(name, values)
    if request.within:
        yield _any_of("id", request.within)
    if request.without:
        yield f"NOT {_any_of('id', request.without)}"
    if request.since is not None:
        yield f"made_at >= {request.since:d}"
    if request.until is not None:
        yield f"made_at <= {request.until:d}"


def _any_of(name: str, values: Iterable[str | int]) -> str:
    return f"{name} IN [{', '.join(sorted(map(str, values)))}]"
