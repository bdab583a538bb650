"""The engine in the house: who dies, who writes at once, and what is not there."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from community.search.engine import EngineUnavailable, SearchRequest
from community.search.engines import embedded
from community.search.engines.embedded import EmbeddedEngine
from tests.community.search.corpus import CORPUS, GUEST, post

ALL = SearchRequest("", GUEST)
WRITER = """
import itertools, sys
from pathlib import Path
from community.search.engines.embedded import EmbeddedEngine
from tests.community.search.corpus import post
engine = EmbeddedEngine(Path(sys.argv[1]))
for round in itertools.count():
    engine.apply("g1", [post(number, f"round{round}", "text", "en") for number in range(50)], [])
    print(round, flush=True)
"""


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    made = EmbeddedEngine(tmp_path)
    made.ensure("g1")
    return made


def test_a_writer_killed_at_any_instant_leaves_a_whole_index(engine: EmbeddedEngine) -> None:
    for wait in (0.0, 0.02, 0.05, 0.09):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(engine.folder)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout
            writer.stdout.readline()
            time.sleep(wait)
            os.kill(writer.pid, signal.SIGKILL)

        assert {version for _key, version in engine.versions("g1")}
        assert engine.search("g1", ALL).total == 50
        rounds = {word for word in range(200) if engine.search("g1", SearchRequest(f"round{word} ", GUEST)).total}
        assert len(rounds) == 1
        engine.apply("g1", [post(0, "after", "it", "en")], [])  # and the lock is free


def test_a_folder_without_its_lists_is_no_empty_index(engine: EmbeddedEngine) -> None:
    engine.apply("g1", CORPUS, [])
    next(engine.folder.glob("g1-*/meta.json")).unlink()

    with pytest.raises(EngineUnavailable, match="rebuild"):
        EmbeddedEngine(engine.folder).search("g1", ALL)


def test_what_is_broken_is_away_and_nothing_worse(engine: EmbeddedEngine) -> None:
    engine.apply("g1", CORPUS, [])
    next(engine.folder.glob("g1-*/meta.json")).write_text("{")

    with pytest.raises(EngineUnavailable):
        EmbeddedEngine(engine.folder).search("g1", ALL)


def test_an_index_made_anew_is_read_anew(engine: EmbeddedEngine) -> None:
    engine.apply("g1", CORPUS, [])
    assert engine.search("g1", ALL).total

    shutil.rmtree(next(engine.folder.glob("g1-*")))
    engine.ensure("g1")

    assert engine.search("g1", ALL).total == 0


def test_who_finds_the_lock_taken_waits_and_then_says_so(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "LOCK_SECONDS", 0.1)
    with engine._lock(), pytest.raises(EngineUnavailable, match="another writer"):
        EmbeddedEngine(engine.folder).apply("g1", CORPUS[:1], [])


def test_what_another_process_has_written_is_found(engine: EmbeddedEngine) -> None:
    assert engine.search("g1", ALL).total == 0

    EmbeddedEngine(engine.folder).apply("g1", CORPUS[:1], [])

    assert engine.search("g1", ALL).total == 1


def test_after_many_updates_the_folder_is_no_larger_than_its_text_needs(engine: EmbeddedEngine) -> None:
    words = " ".join(f"word{number}" for number in range(400))
    documents = [post(number, f"Title {number}", f"{number} {words}", "en") for number in range(100)]
    for _ in range(20):
        engine.apply("g1", documents, [])

    text = sum(len(text) for document in documents for text in document.bodies.values())
    kept = sum(path.stat().st_size for path in engine.folder.rglob("*") if path.is_file())
    assert kept < 3 * text
