"""A person's rows, read and erased as their rooms declared."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from community.personal.ports import HOLDINGS, Blank, By, Delete, Holding, Person

Row = dict[str, Any]


def columns_of(holding: Holding) -> list[str]:
    """All that the model stores, but for what is not given out: a new column is given out by itself."""
    stored = [column.attname for column in holding.model._meta.concrete_fields]
    return [name for name in stored if name not in holding.without] + list(holding.also)


def rows_of(holding: Holding, person: Person) -> Iterator[Row]:
    """Her rows in their order, each as plain values by column."""
    rows = holding.hers(person)
    rows = holding.given(rows, person) if holding.given else rows
    return rows.order_by("pk").values(*columns_of(holding)).iterator(chunk_size=500)


def erase_rows(person: Person) -> None:
    """Erase what every room holds of her, the highest rooms first, and herself last. Call it inside an action."""
    highest_first = list(reversed(HOLDINGS.values()))
    highest_first.sort(key=_is_herself)
    for holding in highest_first:
        if holding.besides:  # all of them while every row still says that it is hers
            holding.besides(person)
    for holding in highest_first:
        match holding.erase:
            case Delete():
                holding.hers(person).delete()
            case Blank(fields=fields):
                holding.hers(person).update(**fields)
            case By(function=function):
                function(person)


def _is_herself(holding: Holding) -> bool:
    return holding.model._meta.label == settings.AUTH_USER_MODEL
