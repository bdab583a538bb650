"""What Meilisearch's client sends: a small server writes it down and answers as the real one would."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from community.search.engine import EngineUnavailable, Facet, Kind, SearchRequest, Sort
from community.search.engines.meilisearch import AWAY_SECONDS, MeilisearchEngine
from tests.community.search.corpus import CORPUS, SYNONYMS

TASK = {"taskUid": 7, "indexUid": "i", "status": "enqueued", "type": "t", "enqueuedAt": "2026-01-01T00:00:00.0Z"}
DONE = {"uid": 7, "indexUid": "i", "status": "succeeded", "type": "t", "enqueuedAt": "2026-01-01T00:00:00.0Z"}
HITS = {"hits": [{"id": "post-1", "group": "thread-1"}], "totalHits": 1, "facetDistribution": {"kind": {"post": 1}}}


@dataclass
class Server:
    url: str
    heard: list[tuple[str, str, Any]] = field(default_factory=list)
    answers: dict[str, tuple[int, Any]] = field(default_factory=dict)  # "METHOD /path" → status, body

    def bodies(self, asked: str) -> list[Any]:
        return [body for method, path, body in self.heard if f"{method} {path}" == asked]


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            path = self.path.split("?")[0]
            noted.heard.append((self.command, path, body))
            status, told = noted.answers.get(f"{self.command} {path}", (202, TASK))
            sent = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = answer  # noqa: N815
        do_POST = answer  # noqa: N815
        do_PATCH = answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Quietly."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        noted = Server(f"http://127.0.0.1:{http.server_address[1]}")
        noted.answers["GET /tasks/7"] = (200, DONE)
        noted.answers["POST /indexes/frontline_g1_2/search"] = (200, HITS)
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield noted
        http.shutdown()


@pytest.fixture
def engine(server: Server) -> MeilisearchEngine:
    return MeilisearchEngine(server.url, "key")


def test_an_index_is_made_with_its_key_and_all_settings_in_one_task(server: Server, engine: MeilisearchEngine) -> None:
    server.answers["GET /indexes/frontline_g1_2"] = (404, {"code": "index_not_found", "message": "none"})

    engine.ensure("g1", SYNONYMS)

    assert server.bodies("POST /indexes") == [{"uid": "frontline_g1_2", "primaryKey": "id"}]
    [settings] = server.bodies("PATCH /indexes/frontline_g1_2/settings")
    assert settings["typoTolerance"]["disableOnNumbers"] is True
    assert settings["synonyms"]["cro"] == ["chief resilience officer"]
    assert settings["displayedAttributes"] == ["id", "group", "version", "language"]


def test_an_index_that_is_there_is_left_as_it_is(server: Server, engine: MeilisearchEngine) -> None:
    server.answers["GET /indexes/frontline_g1_2"] = (200, {"uid": "frontline_g1_1"})

    engine.ensure("g1")

    assert [method for method, _path, _body in server.heard] == ["GET"]


def test_documents_are_sent_folded_and_whole(server: Server, engine: MeilisearchEngine) -> None:
    receipt = engine.apply("g1", CORPUS[:1], ["post-9"])

    [[row]] = server.bodies("POST /indexes/frontline_g1_2/documents")
    assert row["id"] == "post-1"
    assert row["title"] == ["stormwater after the ravine floods"]
    assert (row["audience"], row["tag"], row["city"]) == (["p"], [1, 2], [5])
    assert server.bodies("POST /indexes/frontline_g1_2/documents/delete") == [{"filter": "id IN [post-9]"}]
    assert engine.is_done(receipt)


def test_nothing_is_never_deleted(server: Server, engine: MeilisearchEngine) -> None:
    assert engine.is_done(engine.apply("g1", [], []))
    assert server.heard == []


def test_a_refused_task_is_told_with_its_reason(server: Server, engine: MeilisearchEngine) -> None:
    receipt = engine.apply("g1", CORPUS[:1], [])
    server.answers["GET /tasks/7"] = (200, DONE | {"status": "failed", "error": {"message": "too large"}})

    with pytest.raises(ValueError, match="too large"):
        engine.is_done(receipt)


def test_a_task_that_waits_is_not_done(server: Server, engine: MeilisearchEngine) -> None:
    receipt = engine.apply("g1", CORPUS[:1], [])
    server.answers["GET /tasks/7"] = (200, DONE | {"status": "processing"})

    assert not engine.is_done(receipt)


def test_a_question_is_words_and_filters_are_values_of_ours(server: Server, engine: MeilisearchEngine) -> None:
    request = SearchRequest(
        'Ônibus "Cool Roofs" -hot\' OR audience = x',
        frozenset({"p", "m"}),
        without=frozenset({"post-4"}),
        within=frozenset({"post-5", "post-1"}),
        kinds=(Kind.POST,),
        tags=(3, 2),
        since=10,
        until=20,
        sort=Sort.NEWEST,
        page=2,
        facets=(Facet.KIND,),
    )

    found = engine.search("g1", request)

    asked, others, counted = server.bodies("POST /indexes/frontline_g1_2/search")
    assert asked["q"] == 'onibus "cool roofs" or audience x -"hot" '
    assert asked["filter"] == [
        "audience IN [m, p]",
        "kind IN [post]",
        "tag IN [2, 3]",
        "id IN [post-1, post-5]",
        "NOT id IN [post-4]",
        "made_at >= 10",
        "made_at <= 20",
    ]
    assert (asked["page"], asked["hitsPerPage"], asked["distinct"]) == (2, 20, "group")
    assert (asked["sort"], asked["matchingStrategy"]) == (["made_at:desc"], "all")
    assert others["filter"][-1] == "group IN [thread-1]"
    assert (counted["filter"], counted["facets"], counted["limit"]) == (asked["filter"], ["kind"], 0)
    assert "distinct" not in counted
    assert [hit.key for hit in found.hits] == ["post-1"]
    assert found.facets == {Facet.KIND: {"post": 1}}


def test_where_nothing_has_all_words_some_will_do(server: Server, engine: MeilisearchEngine) -> None:
    server.answers["POST /indexes/frontline_g1_2/search"] = (200, {"hits": [], "totalHits": 0})

    assert not engine.search("g1", SearchRequest("two words", frozenset({"p"}))).is_partial
    assert [body["matchingStrategy"] for body in server.bodies("POST /indexes/frontline_g1_2/search")] == [
        "all",
        "last",
    ]


def test_a_server_that_did_not_answer_is_left_alone_for_a_while_and_then_asked_again(
    server: Server, engine: MeilisearchEngine
) -> None:
    path, request = "POST /indexes/frontline_g1_2/search", SearchRequest("word", frozenset({"p"}))
    server.answers[path] = (503, {"code": "internal", "message": "resting"})
    for _ in range(3):
        with pytest.raises(EngineUnavailable):
            engine.search("g1", request)
    asked_in_vain = len(server.bodies(path))
    server.answers[path] = (200, HITS)

    engine._away_until -= AWAY_SECONDS

    assert asked_in_vain == 1
    assert [hit.key for hit in engine.search("g1", request).hits] == ["post-1"]


def test_without_an_audience_nobody_is_asked(server: Server, engine: MeilisearchEngine) -> None:
    assert engine.search("g1", SearchRequest("words", frozenset())).total == 0
    assert server.heard == []


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_that_is_not_well_is_away(status: int, server: Server, engine: MeilisearchEngine) -> None:
    server.answers["POST /indexes/frontline_g1_2/search"] = (status, {"message": "busy"})

    with pytest.raises(EngineUnavailable):
        engine.search("g1", SearchRequest("words", frozenset({"p"})))


def test_no_server_at_all_is_away() -> None:
    with pytest.raises(EngineUnavailable):
        MeilisearchEngine("http://127.0.0.1:9", "").search("g1", SearchRequest("words", frozenset({"p"})))
