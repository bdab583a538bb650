"""Rows in slices, and by what is asked: what rooms need to fill the port."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet

from community.search.documents import LONGEST_NUMBER
from community.search.engine import SearchRequest
from community.search.words import LONGEST_WORD, asked

SLICE = 1_000
NONE = Q(pk__in=[])
Narrowing = str | Callable[[Sequence[Any]], Q]  # a column, or what says which rows have one of these values


def slices(rows: "QuerySet[Any]") -> Iterator[list[int]]:
    """All ids, by their order: what comes in between is told by its own fact."""
    last = 0
    while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:SLICE]):
        yield ids
        last = ids[-1]


def having_words(q: str, *columns: str) -> Q:
    """Rows with every word of a question in one of the columns, as the database compares: no typos, no stems.

    A blank question fits all, one without a word none.
    """
    having = Q()
    for word in q.split()[:5]:
        either = Q()
        for column in columns:
            either |= Q(**{f"{column}__icontains": word[:LONGEST_WORD]})
        having &= either
    return having if asked(q).terms or not q.strip() else NONE


def fitting(
    request: SearchRequest,
    *,
    words: Iterable[str],
    at: str = "",
    places: Mapping[str, str] | None = None,
    **narrowed: Narrowing,
) -> Q:
    """Rows of one kind that are asked for, as far as the database knows: by words, filters and days.

    Params: words, columns of which one has each word; at, the column of its moment; places, columns by prefix,
    `forum` of `forum-7`; narrowed, by language, tag, city, programme. What is left out rows of this kind do not have:
    a question that narrows by it finds none of them.
    """
    found = having_words(request.q, *words)
    if request.places:
        found &= _standing_in(request.places, places or {})
    for name, values in {
        "language": request.languages,
        "tag": request.tags,
        "city": request.cities,
        "programme": request.programmes,
    }.items():
        if values:
            found &= _having(narrowed.get(name), values)
    if request.since is not None:
        found &= Q(**{f"{at}__gte": datetime.fromtimestamp(request.since, UTC)}) if at else NONE
    if request.until is not None and at:
        found &= Q(**{f"{at}__lte": datetime.fromtimestamp(request.until, UTC).replace(microsecond=999_999)})
    return found


def _having(narrowing: Narrowing | None, values: Sequence[Any]) -> Q:
    if narrowing is None:
        return NONE
    return Q(**{f"{narrowing}__in": values}) if isinstance(narrowing, str) else narrowing(values)


def _standing_in(keys: Iterable[str], places: Mapping[str, str]) -> Q:
    found = NONE
    for key in keys:
        prefix, _, number = key.rpartition("-")
        if prefix in places and number.isdecimal() and len(number) <= LONGEST_NUMBER:
            found |= Q(**{places[prefix]: int(number)})
    return found
