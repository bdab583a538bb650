"""Rows in slices, and by words: what rooms need to fill the port."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from community.search.words import LONGEST_WORD, asked

SLICE = 1_000


def slices(rows: "QuerySet[Any]") -> Iterator[list[int]]:
    """All ids, by their order: what comes in between is told by its own fact."""
    last = 0
    while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:SLICE]):
        yield ids
        last = ids[-1]


def having_words(q: str, *columns: str) -> Q:
    """Rows with every word of a question in one of the columns, as the database compares: no typos, no stems."""
    fitting = Q()
    for word in q.split()[:5]:
        either = Q()
        for column in columns:
            either |= Q(**{f"{column}__icontains": word[:LONGEST_WORD]})
        fitting &= either
    return fitting if asked(q).terms else Q(pk__in=[])
