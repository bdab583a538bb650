"""What happens to themes and tags. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ThemeChanged:
    """Its title, order or address is another."""

    theme_id: int


@dataclass(frozen=True)
class TagChanged:
    """Its description is another."""

    tag_id: int


@dataclass(frozen=True)
class TagsJoined:
    """One word means another from now on."""

    tag_id: int
    synonym_id: int


@dataclass(frozen=True)
class TagsParted:
    """The two are tags of their own again."""

    tag_id: int
    synonym_id: int
