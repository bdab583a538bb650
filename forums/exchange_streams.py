"""What changes on open pages of exchanges. Pages fetch themselves afresh: nothing of a conversation travels here."""

from collections.abc import Collection

from community.facts.models import Fact
from community.live.streams import StreamKind, Thing, provides
from forums.fragments import GUEST
from forums.queries.watchers import Classes, classes_in_exchange


def whole_page(key: int, facts: list[Fact], language: str, audience: str) -> list[Thing] | None:
    """Every news is worth the page."""
    return None


def everybody(key: int, member_ids: Collection[int | None]) -> Classes:
    """The board's stream says no more than that it moved; what each sees of it she asks for herself."""
    return dict.fromkeys(member_ids, GUEST if key == 0 else None)


provides(StreamKind("exchange", classes_in_exchange, whole_page))
provides(StreamKind("exchanges", everybody, whole_page))
