"""What happens to the search itself. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SynonymChanged:
    """Words mean the same from now on, or other ones do, or none."""

    synonym_id: int
