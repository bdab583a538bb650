"""Nothing that the house stores escapes a member's archive, or her leaving."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from community.personal.ports import HOLDINGS, NOTHING, Blank, Delete, Stay, holds_nothing

MODELS = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
OF_WORDS = (models.CharField, models.TextField, models.JSONField, models.FileField, models.GenericIPAddressField)
OF_PEOPLE = {"actor_id", "member_id", "recipient_id", "author_id", "user_id"}


def label(model: type[models.Model]) -> str:
    return model._meta.label


def spoken_of(name: str) -> set[str]:
    """Columns that the declaration empties, or lets stay."""
    erase = HOLDINGS[name].erase
    emptied = set(erase.fields) if isinstance(erase, Blank) else set()
    return emptied | (set() if isinstance(erase, Delete) else set(erase.stays))


def points_at_people(field: "models.Field") -> bool:
    is_key = field.related_model is not None and label(field.related_model) == settings.AUTH_USER_MODEL
    return is_key or field.attname in OF_PEOPLE or isinstance(field, models.EmailField)


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_every_model_of_the_house_says_what_it_holds_of_people(model: type[models.Model]) -> None:
    assert label(model) in HOLDINGS or label(model) in NOTHING, f"declare {label(model)} in its room's personal.py"


def test_a_model_that_is_said_to_hold_nothing_points_at_nobody() -> None:
    suspicious = [
        f"{name}.{field.name}"
        for name, nothing in NOTHING.items()
        for field in nothing.model._meta.concrete_fields
        if points_at_people(field) and not nothing.because.endswith("does not use.")
    ]

    assert suspicious == []


def is_emptied_with_her(field: "models.Field") -> bool:
    """By the database, once her own row goes."""
    return field.remote_field is not None and getattr(field.remote_field, "on_delete", None) is models.SET_NULL


def columns_to_speak_of(name: str) -> set[str]:
    """Those of rows that stay by declaration which can hold words, or say who."""
    erase, fields = HOLDINGS[name].erase, HOLDINGS[name].model._meta.concrete_fields
    match erase:
        case Blank():
            return {field.name for field in fields if isinstance(field, OF_WORDS) or points_at_people(field)}
        case Stay():
            found = {field.name for field in fields if isinstance(field, OF_WORDS) or points_at_people(field)}
            return found - {field.name for field in fields if is_emptied_with_her(field)}
    return set()


def test_rows_that_stay_without_her_name_every_column_that_can_hold_words() -> None:
    forgotten = {name: columns_to_speak_of(name) - spoken_of(name) for name in HOLDINGS}

    assert {name: columns for name, columns in forgotten.items() if columns} == {}


def test_no_declaration_speaks_of_a_column_that_is_not_there() -> None:
    def columns(name: str) -> set[str]:
        return {
            column for field in HOLDINGS[name].model._meta.concrete_fields for column in (field.name, field.attname)
        }

    assert {name: {*HOLDINGS[name].without, *spoken_of(name)} - columns(name) for name in HOLDINGS} == {
        name: set() for name in HOLDINGS
    }


def test_a_model_is_declared_once() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        holds_nothing("again", HOLDINGS["forums.Post"].model)
