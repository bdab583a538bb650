"""What happens to the search itself. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SynonymChanged:
    """Words mean the same from now on, or other ones do, or none."""

    synonym_id: int


@dataclass(frozen=True)
class ThingsToIndex:
    """A part of what one fact changed, too many for one batch. Params: prefix, of their keys."""

    prefix: str
    ids: list[int]


@dataclass(frozen=True)
class ThingsToHide(ThingsToIndex):
    """As that, of what may be found no more."""


@dataclass(frozen=True)
class IndexCheckDue:
    """Told for the coming night: then this index is compared with the database."""

    generation_id: int


@dataclass(frozen=True)
class SavedSearchDue:
    """Told for later: then it is looked whether something new fits."""

    saved_search_id: int


@dataclass(frozen=True)
class SavedSearchFits:
    """Something new does."""

    saved_search_id: int
