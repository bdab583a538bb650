"""What a member follows, only as far as she may see it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from community.following.choices import Level
from community.following.models import WRITING, Follow
from community.following.ports import FOLLOWABLES, Card
from community.members.models import Member

PAGE_SIZE = 20


@dataclass(frozen=True)
class Standing:
    """How she stands to one thing. `chosen` is None where `holds` comes from around it, or from nowhere."""

    kind: str
    target_id: int
    chosen: Level | None
    holds: Level

    @property
    def levels(self) -> list[tuple[Level, str]]:
        """Those that it can be followed at, the closest first, with what each means of it."""
        meanings = FOLLOWABLES[self.kind].meanings
        return [(level, str(meanings[level])) for level in sorted(meanings, reverse=True)]

    @property
    def stands_alone(self) -> bool:
        return FOLLOWABLES[self.kind].stands_alone

    @property
    def is_not_followed(self) -> bool:
        """Neither by choice nor by anything around it."""
        return self.stands_alone and self.holds == Level.NORMAL


@dataclass(frozen=True)
class Followed:
    """A row of what she follows, with how it shows itself to her now."""

    follow: Follow
    card: Card
    label: str
    standing: Standing


def standing_to(member: Member, kind: str, target_id: int) -> Standing:
    """One query."""
    found = Follow.objects.filter(member=member, kind=kind, target_id=target_id)
    level = found.values_list("level", flat=True).first()
    chosen = None if level is None else Level(level)
    return Standing(kind, target_id, chosen, Level.NORMAL if chosen is None else chosen)


def level_of_writing(member: Member) -> Level:
    """At which she follows what she writes in."""
    level = Follow.objects.filter(member=member, kind=WRITING, target_id=0).values_list("level", flat=True).first()
    return Level.TRACKING if level is None else Level(level)


def follows_of(member: Member, page: int = 1) -> tuple[list[Followed], Page[Follow]]:
    """The latest first; what she may not see any more is left out. At most one query a kind beside its room's own."""
    found = Follow.objects.filter(member=member, kind__in=FOLLOWABLES).order_by("-at", "-pk")
    numbers = Paginator(found, PAGE_SIZE).get_page(page)
    return _shown(member, numbers), numbers


def card_of(member: Member, kind: str, target_id: int) -> Card | None:
    """None where there is no such thing, or not for her."""
    return FOLLOWABLES[kind].shown(member, [target_id]).get(target_id) if kind in FOLLOWABLES else None


def watchers_of_thing(kind: str, target_id: int) -> set[int]:
    """Ids of those who have chosen to watch it. Whether each may see it is asked when she is told."""
    found = Follow.objects.filter(kind=kind, target_id=target_id, level=Level.WATCHING)
    return set(found.values_list("member_id", flat=True))


def watched_by(member: Member, kind: str, target_ids: Iterable[int]) -> set[int]:
    """Which of these things she watches. One query."""
    found = Follow.objects.filter(member=member, kind=kind, target_id__in=target_ids, level=Level.WATCHING)
    return set(found.values_list("target_id", flat=True))


def followed_of_kind(member: Member, kind: str) -> set[int]:
    """Ids of the things of this kind that she has chosen to track or to watch. One query."""
    found = Follow.objects.filter(member=member, kind=kind, level__gte=Level.TRACKING)
    return set(found.values_list("target_id", flat=True))


def cards_of(member: Member, things: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Card]:
    """Params: things, kinds with ids. One call a kind."""
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, target_id in things:
        ids[kind].add(target_id)
    return {
        (kind, target_id): card
        for kind, wanted in ids.items()
        if kind in FOLLOWABLES
        for target_id, card in FOLLOWABLES[kind].shown(member, wanted).items()
    }


def _shown(member: Member, follows: Iterable[Follow]) -> list[Followed]:
    rows = list(follows)
    cards = cards_of(member, [(row.kind, row.target_id) for row in rows])
    return [
        Followed(
            follow=row,
            card=cards[row.kind, row.target_id],
            label=str(FOLLOWABLES[row.kind].label),
            standing=Standing(row.kind, row.target_id, Level(row.level), Level(row.level)),
        )
        for row in rows
        if (row.kind, row.target_id) in cards
    ]
