"""Inputs that others wrote. They are not ours to ship: absent, the tests that need them say so and are skipped."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

CORPORA = Path(os.environ.get("CORPORA") or Path(__file__).resolve().parents[4] / "shared" / "corpora")


def corpus(name: str) -> list[Any]:
    path = CORPORA / name
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


def needs_corpus(name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not (CORPORA / name).is_file(), reason=f"needs {name} in {CORPORA} (variable CORPORA)")
