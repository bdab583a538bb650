"""The files of the demonstration, as they lie beside this module."""

import json
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def threads() -> list[dict[str, Any]]:
    """All threads, by the names of their files."""
    return [plan for _, plan in thread_files()]


def thread_files() -> list[tuple[str, dict[str, Any]]]:
    """Each with the name of its file."""
    paths = sorted((HERE / "threads").glob("*.toml"))
    return [(path.name, tomllib.loads(path.read_text(encoding="utf-8"))) for path in paths]


def programme_facts() -> dict[str, Any]:
    """What is publicly known of the real programme: series, sessions, cities, programmes."""
    facts: dict[str, Any] = json.loads((HERE / "frontline.json").read_text(encoding="utf-8"))
    return facts


def columns(field: str, texts: dict[str, str]) -> dict[str, str]:
    """The columns of a curated text: `{"title_en": …, "title_pt": …}`."""
    return {f"{field}_{language}": text for language, text in texts.items()}
