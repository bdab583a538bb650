"""What happens to themes and tags. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ThemeChanged:
    """Its title, order or address is another."""

    theme_id: int
