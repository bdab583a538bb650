"""Scripts are seasoning: small modules, one door for markup, nothing that our own CSP would refuse."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from community.storage import bare

FOLDER = Path(settings.BASE_DIR) / "community" / "static" / "community" / "js"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
MODULES = sorted(path.name for path in FOLDER.glob("*.js"))
MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|setHTMLUnsafe")


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_under_150_lines(name: str) -> None:
    assert len((FOLDER / name).read_text().splitlines()) < 150


@pytest.mark.parametrize("name", [name for name in MODULES if name != "fragments.js"])
def test_markup_enters_by_one_door(name: str) -> None:
    assert MARKUP.findall((FOLDER / name).read_text()) == []


@pytest.mark.parametrize("name", MODULES)
def test_no_module_makes_code_of_text(name: str) -> None:
    assert re.findall(r"\beval\(|new Function|setTimeout\(\s*[\"'`]", (FOLDER / name).read_text()) == []


@pytest.mark.parametrize("name", MODULES)
def test_every_import_is_a_neighbour_by_its_static_name(name: str) -> None:
    text = (FOLDER / name).read_text()
    imports = re.findall(r"""(?:from|import\()\s*["']\./([\w.]+)["']""", text)

    assert len(imports) == len(re.findall(r"^import |import\(", text, re.MULTILINE))
    assert set(imports) <= set(MODULES)


def test_all_of_them_cost_less_than_40_kilobytes() -> None:
    assert sum(len(gzip.compress(bare((FOLDER / name).read_text()).encode())) for name in MODULES) < 40 * 1024


@pytest.mark.parametrize("name", MODULES)
def test_no_string_goes_over_several_lines(name: str) -> None:
    """Their indentation is taken away."""
    assert [line for line in (FOLDER / name).read_text().splitlines() if line.count("`") % 2] == []


def test_no_template_holds_a_script_or_a_style_of_its_own() -> None:
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*(?:\ssrc=|type=\"application/(?:ld\+)?json\"))|javascript:"
    )
    read_elsewhere = {"mail", "archive"}  # in a mail program, from a disk
    pages = [path for path in TEMPLATES.rglob("*.html") if not read_elsewhere & set(path.relative_to(TEMPLATES).parts)]

    assert [path.name for path in pages if inline.search(path.read_text())] == []
