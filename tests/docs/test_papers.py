"""What the papers say is held to what there is."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from community.files.views.sending import PART_BYTES

ROOT = Path(__file__).parents[2]
ROOMS = ("community", "forums", "webinars", "i18n")
PAPERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
CARDS = [card for room in ROOMS for card in sorted((ROOT / room).rglob("README.md"))]
LINK = re.compile(r"\]\(([^)#:\s]+)\)")
PATH = re.compile(r"`([\w@.*/-]+/[\w@.*-]*|[\w-]+\.(?:py|md|toml|txt|json))`")
SYSTEM = ("/", "DATA_DIR/")  # addresses of pages, and files that only a running site has
CALL = re.compile(r"`(\w+)\(\)`")
SETTING = re.compile(r"env\.\w+\(\s*\"(\w+)\"")
ROW = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)


def named_paths(paper: Path) -> Iterator[str]:
    text = paper.read_text()
    yield from LINK.findall(text)
    yield from (path for path in PATH.findall(text) if not path.startswith(SYSTEM))


def exists(path: str, *, beside: Path) -> bool:
    """From the root or from the paper; a bare name may stand in any room."""
    if any(next(folder.glob(path.rstrip("/")), None) for folder in (ROOT, beside.parent)):
        return True
    return "/" not in path and any(next((ROOT / room).rglob(path), None) for room in ROOMS)


@pytest.mark.parametrize("paper", [*PAPERS, *CARDS], ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_file_a_paper_names_exists(paper: Path) -> None:
    assert [path for path in named_paths(paper) if not exists(path, beside=paper)] == []


@cache
def functions() -> set[str]:
    """All that are written in the house, by name."""
    sources = (source for room in ROOMS for source in (ROOT / room).rglob("*.py"))
    return {name for source in sources for name in re.findall(r"\bdef (\w+)\(", source.read_text())}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: str(card.relative_to(ROOT)))
def test_every_door_a_room_card_names_exists(card: Path) -> None:
    assert sorted(set(CALL.findall(card.read_text())) - functions()) == []


def test_every_room_has_a_card() -> None:
    rooms = {app.parent for room in ROOMS for app in (ROOT / room).rglob("apps.py")}

    assert sorted(str(room.relative_to(ROOT)) for room in rooms if not (room / "README.md").exists()) == []


def test_the_list_of_shared_rooms_names_every_card() -> None:
    cards = {card.relative_to(ROOT / "community") for card in (ROOT / "community").glob("*/README.md")}

    assert {Path(named) for named in LINK.findall((ROOT / "community" / "README.md").read_text())} == cards


def test_nginx_lets_through_what_a_form_and_a_part_of_an_upload_may_have() -> None:
    said = re.search(r"client_max_body_size (\d+)m;", (ROOT / "deploy" / "nginx.conf").read_text())

    assert said
    form = settings.FILES_A_POST * settings.PLAIN_UPLOAD_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert int(said[1]) * 1024 * 1024 > max(form, PART_BYTES)


def test_the_configuration_table_names_every_setting_and_no_other() -> None:
    named = set(SETTING.findall((ROOT / "community" / "settings.py").read_text()))

    assert set(ROW.findall((ROOT / "README.md").read_text())) == named


def test_the_example_of_an_environment_names_known_settings_only() -> None:
    named = re.findall(r"^(\w+)=", (ROOT / "deploy" / "frontline.env.example").read_text(), re.MULTILINE)

    assert set(named) <= set(ROW.findall((ROOT / "README.md").read_text()))


def test_every_make_target_a_paper_names_exists() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    targets |= {path.stem.replace("bench_", "bench-") for path in (ROOT / "benchmarks").glob("bench_*.py")}
    named = {name for paper in [*PAPERS, *CARDS] for name in re.findall(r"`make ([a-z-]+)", paper.read_text())}

    assert named - targets == set()


def test_the_picture_shows_something_to_those_who_cannot_see_it() -> None:
    assert re.search(r"!\[[^\]]{20,}\]\(docs/thread\.png\)", (ROOT / "README.md").read_text())
