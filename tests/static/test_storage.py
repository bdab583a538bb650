import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from community.storage import HashedModules, bare, joined


def test_the_listed_sheets_become_one_each_in_its_layer() -> None:
    sheets = {"tokens.css": ":root {\n  --ink: red;\n}\n", "parts/face.css": ".face {\n  color: var(--ink);\n}\n"}
    styles = '/* order */\n@layer a, b;\n@import url("tokens.css");\n@import url("parts/face.css") layer(b);\n'

    assert joined(styles, sheets.__getitem__) == (
        "\n@layer a, b;\n:root {\n--ink: red;\n}\n@layer b {\n.face {\ncolor: var(--ink);\n}\n}\n"
    )


def test_modules_go_out_without_their_remarks() -> None:
    module = '/* What it\n   does. */\nconst far = "//x /* y */"; // kept\n// why\nif (far) {\n  tell(far);\n}\n'

    assert bare(module) == 'const far = "//x /* y */"; // kept\nif (far) {\ntell(far);\n}\n'


def test_names_are_left_alone_before_anything_is_gathered(tmp_path: Path) -> None:
    storage = HashedModules(location=str(tmp_path), base_url="/static/")

    assert storage.url("community/frontline.css") == "/static/community/frontline.css"


@pytest.fixture
def gathered(tmp_path: Path, settings: Any) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.INSTALLED_APPS = ["django.contrib.staticfiles", "community"]
    storage = HashedModules(location=str(tmp_path), base_url="/static/")
    wrapped, staticfiles_storage._wrapped = getattr(staticfiles_storage, "_wrapped", None), storage
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
    finally:
        staticfiles_storage._wrapped = wrapped
    return tmp_path


def test_what_is_gathered_is_one_sheet_and_modules_that_name_each_other_by_hash(gathered: Path) -> None:
    names = json.loads((gathered / "staticfiles.json").read_text())["paths"]
    sheet = (gathered / names["community/frontline.css"]).read_text()
    page = (gathered / names["community/js/page.js"]).read_text()

    assert "@import" not in sheet
    assert "@layer components" in sheet
    imports = re.findall(r'"\./([^"]+)"', page)
    assert imports
    assert all(
        (gathered / "community" / "js" / name).exists() and re.search(r"\.[0-9a-f]{12}\.js$", name) for name in imports
    )
