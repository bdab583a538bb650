"""An index is there before anybody has typed a command."""

from pathlib import Path
from typing import Any

from community.search.beginning import make_index
from community.search.engines import engine
from community.search.generations import live
from community.search.standing import is_answering
from tests.community.search.test_following import found
from tests.factories.forums import make_thread


def test_where_no_index_answers_one_is_made_of_all_there_is(settings: Any, tmp_path: Path, db: None) -> None:
    settings.DATA_DIR = tmp_path
    engine.cache_clear()
    make_thread(title="Gabions")
    assert not is_answering()

    make_index()
    first = live()
    make_index()

    assert found("gabions") == {"Gabions"}
    assert live() == first
    engine.cache_clear()
