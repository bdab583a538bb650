import pytest

from forums import fragments


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """A database rolled back gives the same ids again, to other posts and threads."""
    for kept in (fragments.post_fragment, fragments._row):
        kept.kept.clear()
