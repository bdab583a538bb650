"""Which level holds where several speak of one thread.

1. What she chose for the thread itself holds, whatever else says.
2. Else, where she has muted anything that the thread belongs to (its forum, a tag, its city), it is muted.
3. Else the nearest speaks: forum, then tags, then city. Of several equally near, the closest level holds.
4. Else it is normal.

Muted silences everything but what is said to her: a mention, or a reply to a post of hers.
"""

from collections.abc import Iterable, Mapping

from community.following.choices import Level

OWN = "thread"
# From near to far; kinds of one rank stand together. What is not named here is as far as can be.
RANKS: tuple[tuple[str, ...], ...] = (("forum",), ("tag",), ("city",))
Chosen = Mapping[str, Iterable[int]]


def level_that_holds(chosen: Chosen) -> Level:
    """Params: chosen, by kind, the levels of all that the thread belongs to and she has chosen for."""
    levels = {kind: list(found) for kind, found in chosen.items() if found}
    if OWN in levels:
        return Level(levels[OWN][0])
    if any(Level.MUTED in found for found in levels.values()):
        return Level.MUTED
    for rank in RANKS:
        here = [level for kind in rank for level in levels.get(kind, ())]
        if here:
            return Level(max(here))
    return Level.NORMAL
