"""Numbered pages that cost no more than what they show."""

from dataclasses import dataclass
from typing import TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet

PAGE_SIZE = 20
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class PageNumbers:
    page: int
    page_count: int  # at least; exact on the last page

    @property
    def number(self) -> int:
        """As Django's own pages say it, so that one pager draws both."""
        return self.page

    @property
    def paginator(self) -> "Paginator[int]":
        return Paginator(range(self.page_count), 1)

    @property
    def has_other_pages(self) -> bool:
        return self.page_count > 1

    @property
    def previous_page_number(self) -> int:
        return self.page - 1

    @property
    def next_page_number(self) -> int:
        return self.page + 1

    @property
    def has_previous(self) -> bool:
        return self.page > 1

    @property
    def has_next(self) -> bool:
        return self.page < self.page_count


def rows_of_page(rows: QuerySet[M], *, page: int, at_least: int) -> tuple[list[M], PageNumbers]:
    """One page of ordered rows; beyond the last one, the last one.

    Params: at_least, how many rows there are as far as known without counting them: the reader
    may see more than others do. One query, and two more where the page asked for is not there.
    """
    page = max(1, page)
    found = _cut(rows, page)
    if not found and page > 1:
        at_least = rows.count()
        page = max(1, -(-at_least // PAGE_SIZE))
        found = _cut(rows, page)
    known = page + 1 if len(found) > PAGE_SIZE else page
    pages = max(known, -(-at_least // PAGE_SIZE)) if len(found) >= PAGE_SIZE else page
    return found[:PAGE_SIZE], PageNumbers(page=page, page_count=pages)


def _cut(rows: QuerySet[M], page: int) -> list[M]:
    start = (page - 1) * PAGE_SIZE
    return list(rows[start : start + PAGE_SIZE + 1])
