"""Where the house has put a member's name into what others wrote, and the words that stand there once she is gone."""

import json
from typing import Any

from django.db.models import Q
from django.utils import translation
from django.utils.translation import pgettext

from community.personal.ports import Person
from community.text.excerpts import name_line
from community.text.forgetting import without_person
from i18n.languages import known


def naming(person: Person, *columns: str) -> Q:
    """Where a look is worth it: her mention, her page, or a quote's line with her name, in one of these columns."""
    return _any_of(columns, (*_called(person), name_line(person.name)))


def naming_in_json(person: Person, *columns: str) -> Q:
    """As above. One database keeps its letters as JSON escapes them, the other as they are."""
    quoted = {json.dumps(name_line(person.name), ensure_ascii=ascii)[1:-1] for ascii in (True, False)}
    return _any_of(columns, (*_called(person), *quoted))


def _called(person: Person) -> tuple[str, ...]:
    return tuple(f"{sign}{handle}" for handle in person.handles for sign in ("@", "/members/"))


def _any_of(columns: tuple[str, ...], words: tuple[str, ...]) -> Q:
    found = Q()
    for column in columns:
        for word in words:
            found |= Q(**{f"{column}__icontains": word})
    return found


def without_name(text: str, person: Person, language: str) -> str:
    """Mentions of her, and quotes under her name, say "a former member", in the language of the text."""
    with translation.override(known(language)):
        instead = pgettext(
            "instead of the name of somebody whose account is gone, within a sentence", "a former member"
        )
    return without_person(text, handles=person.handles, name=person.name, instead=instead)


def without_name_in(value: Any, person: Person, language: str) -> Any:
    """The same for all texts in what JSON holds."""
    if isinstance(value, str):
        return without_name(value, person, language)
    if isinstance(value, list):
        return [without_name_in(each, person, language) for each in value]
    if isinstance(value, dict):
        return {name: without_name_in(each, person, language) for name, each in value.items()}
    return value
