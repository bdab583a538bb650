"""Curated texts in several languages: the only reader of modeltranslation's columns."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.translation import get_language

from i18n.languages import CODES, DEFAULT

COMMAS = {"ar": "، "}


class Said(NamedTuple):
    """A text and the language it is in, which may not be the one asked for."""

    text: str
    language: str


def said(thing: Model, field: str, language: str) -> Said:
    """Read `field` of `thing` in `language`, else in its original language, else in any.

    Reads `field_<language>` columns by name: modeltranslation's own fallbacks are set per
    thread and leak between asyncio tasks.
    """
    original = getattr(thing, "original_language", DEFAULT)
    for code in (language, original, *CODES):
        text: Any = getattr(thing, f"{field}_{code}", None)
        if text:
            return Said(str(text), code)
    return Said("", language)


def comma(language: str | None = None) -> str:
    """What parts the names of a list, with its space. Params: language, the page's unless told."""
    return COMMAS.get(language or get_language() or DEFAULT, ", ")


def listed(names: Iterable[object], language: str | None = None) -> str:
    """The names in one line. Params: language, as for `comma`."""
    return comma(language).join(map(str, names))
