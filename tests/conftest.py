import pytest

from community.members.middleware import gathering
from forums import fragments
from tests.once import forget_all


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        forget_all()


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """A database rolled back gives the same ids again, to other posts and threads."""
    for kept in (fragments.post_fragment, fragments._row):
        kept.kept.clear()


@pytest.fixture(autouse=True)
def no_session_used_of_late() -> None:
    """What one test has gathered is not written into another's queries."""
    gathering.begin()
