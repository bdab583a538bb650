from collections.abc import Callable, Iterator

import pytest

from tests.community.facts.site import Prepared
from tests.flows.place import Place


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    prepared = Prepared(tmp_path_factory.mktemp("sockets") / "prepared")
    yield prepared
    prepared.clear_away()


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> Iterator[Callable[..., Place]]:
    opened: list[Place] = []

    def make(**environment: str) -> Place:
        opened.append(Place(tmp_path_factory.mktemp("place"), prepared, **environment))
        return opened[-1].begin()

    yield make
    for place in opened:
        place.close()


@pytest.fixture(scope="module")
def place(places: Callable[..., Place]) -> Place:
    """One site for all tests of a module that do not change who is who."""
    return places()
