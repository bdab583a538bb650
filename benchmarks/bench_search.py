"""The embedded search on 50,000 documents in five languages; an exact question beside SQLite's FTS5 on the same.

Run: make bench-search (QUICK=1 for 5,000 documents; DOCUMENTS says how many else). First the engine alone, in this
process: times are CPU of this thread and of tantivy's own, wall times beside them. Then whole pages of as many posts,
asked for over HTTP.
"""

import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from tantivy import Occur, Query

from benchmarks.figures import QUICK, goal, last_line
from benchmarks.search_pages import Figures, measure_pages
from benchmarks.words import texts
from community.search.engine import Document, Facet, Kind, SearchRequest
from community.search.engines.embedded import SCHEMA, EmbeddedEngine
from community.search.highlighting import passage
from community.search.words import words_in

DOCUMENTS = int(os.environ.get("DOCUMENTS", "5000" if QUICK else "50000"))
BATCH = 500
QUESTIONS = 60 if QUICK else 200
GUEST = frozenset({"p"})
EXACT = "SELECT key FROM found WHERE body MATCH ? AND audience = 'p' ORDER BY rank LIMIT 20"


def main() -> None:
    chance = random.Random(20)
    documents = list(made(chance))
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(chance, documents, Path(folder))
    del documents
    last_line("search", documents=DOCUMENTS, **figures, **measure_pages(DOCUMENTS))


def made(chance: random.Random) -> Iterator[Document]:
    for number, (language, text) in enumerate(texts(chance, DOCUMENTS)):
        yield Document(
            key=f"post-{number}",
            kind=Kind.POST,
            group=f"thread-{number // 4}",
            titles={language: " ".join(text[:6])},
            bodies={language: " ".join(text)},
            audiences=GUEST if number % 10 else frozenset({"m"}),
            language=language,
            tags=(number % 40,),
            cities=(number % 90,),
            made_at=number,
            active_at=number,
        )


def measure(chance: random.Random, documents: list[Any], folder: Path) -> Figures:
    engine = EmbeddedEngine(folder / "search")
    engine.ensure("g1")
    begun, wall = time.process_time(), time.perf_counter()
    for start in range(0, len(documents), BATCH):
        engine.apply("g1", documents[start : start + BATCH], [])
    indexed_cpu, indexed_wall = time.process_time() - begun, time.perf_counter() - wall
    commits = [timed(lambda each=each: engine.apply("g1", [each], [])) for each in documents[:20]]  # type: ignore[misc]
    asked = [
        " ".join(chance.choice(list(each.bodies.values())).split()[:2]) for each in chance.sample(documents, QUESTIONS)
    ]
    facets = (Facet.KIND, Facet.LANGUAGE, Facet.TAG, Facet.CITY)
    bodies = {each.key: next(iter(each.bodies.values())) for each in documents}

    def whole(q: str) -> None:
        request = SearchRequest(f"{q} ", GUEST, facets=facets)
        for hit in engine.search("g1", request).hits:
            passage(bodies[hit.key], request.question)

    full = [timed(lambda q=q: whole(q)) for q in asked]  # type: ignore[misc]
    typed = [timed(lambda q=q: engine.search("g1", SearchRequest(q[:4], GUEST, per_page=6))) for q in asked]  # type: ignore[misc]
    exact, fts = side_by_side(engine, documents, asked, folder)
    disk = sum(path.stat().st_size for path in (folder / "search").rglob("*") if path.is_file())
    text = sum(len(body.encode()) for body in bodies.values())
    print(f"{len(documents)} documents: {len(documents) / indexed_cpu:.0f} a CPU second, {indexed_wall:.1f} s in all")
    print(f"one commit: CPU {median(cpu for cpu, _ in commits):.1f} ms, wall {median(w for _, w in commits):.1f} ms")
    for name, found in {"question, facets and passages": full, "as one types": typed}.items():
        walls = [each for _, each in found]
        print(
            f"{name}: CPU {median(cpu for cpu, _ in found):.1f} ms,",
            f"wall p50 {median(walls):.1f}, p99 {p(walls, 99):.1f}",
        )
    print(f"exact word, one folded field, one filter: CPU {exact:.2f} ms, FTS5 {fts:.2f} ms")
    print(f"disk {disk / 1e6:.0f} MB for {text / 1e6:.0f} MB of text")
    goal("engine alone, whole question p95, wall", p([each for _, each in full], 95), 100, " ms")
    goal("engine alone, as one types p95, wall", p([each for _, each in typed], 95), 50, " ms")
    goal("disk to text", disk / text, 3)
    goal("exact question to FTS5, CPU", exact / fts, 0.1)
    return {
        "question_cpu_ms": median(cpu for cpu, _ in full),
        "question_p99_ms": p([each for _, each in full], 99),
        "typed_p99_ms": p([each for _, each in typed], 99),
        "documents_a_cpu_second": len(documents) / indexed_cpu,
        "commit_ms": median(w for _, w in commits),
        "disk_to_text": disk / text,
        "exact_to_fts5": exact / fts,
    }


def side_by_side(engine: Any, documents: list[Any], asked: list[str], folder: Path) -> tuple[float, float]:
    """CPU of one word with one filter: tantivy's searcher by itself and FTS5, in turns. Milliseconds."""
    database = sqlite3.connect(folder / "fts.sqlite3")
    database.execute("CREATE VIRTUAL TABLE found USING fts5(body, audience UNINDEXED, key UNINDEXED)")
    rows = ((" ".join(words_in(next(iter(each.bodies.values())))), min(each.audiences), each.key) for each in documents)
    database.executemany("INSERT INTO found VALUES (?, ?, ?)", rows)
    database.commit()
    searcher = engine._searcher("g1")
    ours, theirs = [], []
    for word in (words_in(q)[0] for q in asked if words_in(q)):
        body = Query.term_query(SCHEMA, "body", word)
        audience = Query.const_score_query(Query.term_set_query(SCHEMA, "audience", ["p"]), 0.0)
        query = Query.boolean_query([(Occur.Must, body), (Occur.Must, audience)])
        ours.append(timed(lambda query=query: searcher.search(query, limit=20))[0])  # type: ignore[misc]
        theirs.append(timed(lambda word=word: database.execute(EXACT, [f'"{word}"']).fetchall())[0])  # type: ignore[misc]
    return median(ours), median(theirs)


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """CPU of the process and wall, in milliseconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    call()
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000


def p(values: list[float], percent: int) -> float:
    return quantiles(values, n=100)[percent - 1]


if __name__ == "__main__":
    main()
