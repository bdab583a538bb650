"""What happens to programmes. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ProgrammeChanged:
    """Its texts, partners or cities are others."""

    programme_id: int
