from collections.abc import Iterator

import pytest
from django.test.signals import template_rendered

from community.members.middleware import gathering
from forums import fragments
from tests.frames import names_taken
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
