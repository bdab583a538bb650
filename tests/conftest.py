import gc
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction
from django.test.signals import template_rendered

from community.members.middleware import gathering
from community.search.engines import engine
from community.search.generations import rebuild
from forums import fragments
from forums.queries import posts, threads
from tests.factories.deliveries import deliver_all
from tests.frames import names_taken
from tests.once import forget_all

BROWSER = Path(__file__).parent / "browser"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Tests in a browser stand in a folder of their own: a round reads those that it runs, and no others."""
    wanted = config.option.markexpr
    if wanted not in ("browser", "not browser") or collection_path in BROWSER.parents:
        return None
    is_in_browser = collection_path == BROWSER or BROWSER in collection_path.parents
    return None if is_in_browser == (wanted == "browser") else True


def pytest_collection_finish() -> None:
    """Some million things are here to stay now: the collector need not walk them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was not tried is said aloud, with the reason, in a quiet run too."""
    reasons = Counter(str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []))
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"{count} not tried. {reason.removeprefix('Skipped: ')}", yellow=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        forget_all()


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """A database rolled back gives the same ids again, to other posts and threads."""
    for kept in (fragments.post_fragment.kept, fragments._row.kept, posts.KEPT, threads.KEPT):
        kept.forget()


@pytest.fixture(scope="module")
def lasting(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What a module's own fixtures write once stands for each of its tests, and is gone after the last."""
    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined]  # as TestCase marks its own: actions are outermost in it
    with django_db_blocker.unblock(), whole:
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def frames_keep_their_names() -> Iterator[None]:
    """A page's own context stands before the frame's: whatever page a test reads takes none of its names."""
    taken: list[tuple[str, set[str]]] = []

    def look(template: object, context: object, **_: object) -> None:
        if names := names_taken(template, context):
            taken.append((str(getattr(template, "name", "")), names))

    template_rendered.connect(look, weak=False)
    yield
    template_rendered.disconnect(look)

    assert taken == []


@pytest.fixture(autouse=True)
def no_session_used_of_late() -> None:
    """What one test has gathered is not written into another's queries."""
    gathering.begin()


@pytest.fixture
def together() -> Callable[..., list[BaseException]]:
    """Calls functions at once, each in a thread with a connection of its own; returns what they raised."""

    def call_together(*functions: Callable[[], object]) -> list[BaseException]:
        raised: list[BaseException] = []
        start = threading.Barrier(len(functions))

        def call(function: Callable[[], object]) -> None:
            try:
                start.wait()
                function()
            except BaseException as error:
                raised.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=call, args=(function,)) for function in functions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return raised

    return call_together


@pytest.fixture
def indexed(tmp_path: Path, settings: Any, db: None) -> Iterator[Callable[[], None]]:
    """The house's own search in a folder of its own, all of it indexed; called, it lets the index follow."""
    settings.DATA_DIR = tmp_path
    engine.cache_clear()
    rebuild()
    yield deliver_all
    engine.cache_clear()
