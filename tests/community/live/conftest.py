from collections.abc import Callable, Iterator

import pytest

from tests.flows.place import Place


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Place]]:
    opened: list[Place] = []

    def make(**environment: str) -> Place:
        opened.append(Place(tmp_path_factory.mktemp("place"), **environment))
        return opened[-1].begin()

    yield make
    for place in opened:
        place.close()


@pytest.fixture(scope="module")
def place(places: Callable[..., Place]) -> Place:
    """One site for all tests of a module that do not change who is who."""
    return places()
