import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_shelf() -> Iterator[Path]:
    """The storage's directory, emptied around each test; nobody has uploaded anything in this hour."""
    cache.clear()
    folder = Path(settings.DATA_DIR) / "files"
    shutil.rmtree(folder, ignore_errors=True)  # of other tests of this worker

    yield folder

    shutil.rmtree(folder, ignore_errors=True)
