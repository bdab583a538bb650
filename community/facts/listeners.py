"""Who hears which fact. Rooms fill this from their `listeners.py`."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from community.facts.models import Fact

OURS = "ours"  # writes to our database
WORLD = "world"  # speaks to the world: mail, search engines

Hear = Callable[[Fact], None]


@dataclass(frozen=True)
class Listener:
    name: str
    hear: Hear
    lane: str


LISTENERS: dict[str, Listener] = {}
HEARS: dict[str, list[Listener]] = defaultdict(list)


def fact_name(fact_class: type[Any]) -> str:
    """`PostAdded` is told as `post_added`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", fact_class.__name__).lower()


def listens(*fact_classes: type[Any], lane: str = OURS) -> Callable[[Hear], Hear]:
    """Let a function hear facts of these classes, each in a delivery of its own.

    Params: lane, `OURS` where the function writes to our database only (then its effect comes
    exactly once), `WORLD` where it speaks to anything else (then at least once).
    """

    def register(function: Hear) -> Hear:
        listener = Listener(f"{function.__module__}.{function.__name__}", function, lane)
        LISTENERS[listener.name] = listener
        for fact_class in fact_classes:
            HEARS[fact_name(fact_class)].append(listener)
        return function

    return register
