"""What happens to cities' wishes to join. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WishFact:
    wish_id: int


class CityAsked(WishFact):
    """A city asks to join, and its address is confirmed."""


class WishOld(WishFact):
    """Its address was to be confirmed by now."""


class CityJoined(WishFact):
    """A moderator has confirmed it: it has a page."""


class CityDeclined(WishFact):
    """A moderator has declined it, with a reason."""
