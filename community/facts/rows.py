"""Rows of one table, asked for in SQL, for what is read at every commit that anybody watches: Django composes a query
of several tables ten times as long as the database answers it, and these together take a third of that."""

from collections.abc import Collection
from typing import TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def rows(model: type[Row], where: str, values: Collection[object], columns: Collection[str] = ("*",)) -> list[Row]:
    """Params: where, with a `%s` for each value; columns, the key among them; others are fetched when asked for."""
    statement = f"SELECT {', '.join(columns)} FROM {model._meta.db_table} WHERE {where}"
    return list(model._default_manager.raw(statement, list(values)))


def rows_by_id(
    model: type[Row], ids: Collection[int | None], columns: Collection[str] = ("*",)
) -> dict[int | None, Row]:
    """By their ids, of which None has no row. No query where there is no other."""
    wanted = {pk for pk in ids if pk is not None}
    found = rows(model, f"id IN ({marks(wanted)})", wanted, columns) if wanted else []
    return {row.pk: row for row in found}


def marks(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))
