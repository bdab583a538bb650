"""What is looked for in vain: told to editors, in aggregate, and never by whose name."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from community.search import missed
from community.search.actions import note_missed
from community.search.models import Missed
from tests.factories.forums import make_thread
from tests.factories.members import make_administrator, make_member

Deliver = Callable[[], None]


@pytest.fixture(autouse=True)
def a_minute_has_passed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(missed, "EVERY_SECONDS", 0.0)
    missed.gathering.begin()
    yield
    missed.gathering.begin()


def test_what_nobody_finds_is_counted_however_it_is_written(indexed: Deliver) -> None:
    for q in ("Qanat  repair", "qanat repair", "QANAT, repair!"):
        Client().get("/search/", {"q": q})

    assert Missed.objects.values_list("words", "times").get() == ("qanat repair", 3)


@pytest.mark.parametrize(
    "query",
    [
        {"q": "walls"},  # found
        {"q": "qanat", "kind": "city"},  # only there
        {"q": "qanat", "page": "2"},
        {"q": "ana.qanat@example.org"},
        {"q": "qanat +593 2 255 1234"},
        {"q": "..."},
        {"tag": "walls"},
    ],
)
def test_what_is_found_narrowed_or_a_persons_is_not_counted(query: dict[str, str], indexed: Deliver) -> None:
    make_thread(title="Walls", tags=["walls"])
    indexed()

    Client().get("/search/", query)

    assert not Missed.objects.exists()


def test_while_the_engine_is_away_nothing_is_said_to_be_missing(db: None) -> None:
    Client().get("/search/?q=qanat")

    assert not Missed.objects.exists()


def test_between_two_writings_reading_writes_nothing(indexed: Deliver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missed, "EVERY_SECONDS", 60.0)

    for _ in range(3):
        Client().get("/search/?q=qanat")
    assert not Missed.objects.exists()

    monkeypatch.setattr(missed, "EVERY_SECONDS", 0.0)
    Client().get("/search/?q=walls%20qanat")
    assert dict(Missed.objects.values_list("words", "times")) == {"qanat": 3, "walls qanat": 1}


def test_an_editor_reads_what_several_looked_for_and_not_what_one_did(db: None) -> None:
    note_missed({"qanat repair": 3, "ana garcia": 2})
    eve = Client()
    eve.force_login(make_administrator())

    html = eve.get("/admin/search/missed/").content.decode()

    assert "qanat repair" in html
    assert "ana garcia" not in html
    cai = Client()
    cai.force_login(make_member("Cai"))
    assert cai.get("/admin/search/missed/").status_code != 200
