"""Who hears which fact. Rooms fill this from their `listeners.py`."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from community.facts.models import Delivery, Fact

OURS = "ours"  # writes to our database
WORLD = "world"  # speaks to the world: mail, search engines
INDEX = "index"  # as the world, gathered: one commit of the search for all of a second
HEAVY = "heavy"  # as the world, and busy for seconds: uploads that are looked at and prepared
NAME_CHARACTERS = 120  # as wide as the column, and told at the start rather than to whoever posts

Hear = Callable[[Fact], None]
HearMany = Callable[[list[Fact]], None]
HearForOne = Callable[[Fact, int], None]


@dataclass(frozen=True)
class Listener:
    """`takes_many`: facts told for the first time are heard together; one that failed is heard alone."""

    name: str
    hear: Callable[[list[Delivery]], None]
    lane: str
    takes_many: bool = False


LISTENERS: dict[str, Listener] = {}
HEARS: dict[str, list[Listener]] = defaultdict(list)


def fact_name(fact_class: type[Any]) -> str:
    """`PostAdded` is told as `post_added`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", fact_class.__name__).lower()


def listener_name(function: Callable[..., None]) -> str:
    return f"{function.__module__}.{function.__name__}"


def listens(*fact_classes: type[Any], lane: str = OURS) -> Callable[[Hear], Hear]:
    """Let a function hear facts of these classes, each in a delivery of its own.

    Params: lane, `OURS` where the function writes to our database only (then its effect comes
    exactly once), `WORLD` where it speaks to anything else (then at least once), `HEAVY` where it
    does so for seconds, which no mail should wait for.
    """

    def register(function: Hear) -> Hear:
        def hear(deliveries: list[Delivery]) -> None:
            for delivery in deliveries:
                function(delivery.fact)

        _add(Listener(listener_name(function), hear, lane), fact_classes)
        return function

    return register


def listen_many(*fact_classes: type[Any], lane: str = OURS) -> Callable[[HearMany], HearMany]:
    """As `listens`, for a function that takes a list of facts: what costs by the batch."""

    def register(function: HearMany) -> HearMany:
        def hear(deliveries: list[Delivery]) -> None:
            function([delivery.fact for delivery in deliveries])

        _add(Listener(listener_name(function), hear, lane, takes_many=True), fact_classes)
        return function

    return register


def listens_for_one(*, lane: str = OURS) -> Callable[[HearForOne], HearForOne]:
    """Let a function hear a fact for one recipient. It hears what `deliver(fact, function, to=…)` sends it."""

    def register(function: HearForOne) -> HearForOne:
        def hear(deliveries: list[Delivery]) -> None:
            for delivery in deliveries:
                if delivery.recipient_id is None:
                    raise LookupError(f"{delivery} has no recipient")
                function(delivery.fact, delivery.recipient_id)

        _add(Listener(listener_name(function), hear, lane), ())
        return function

    return register


def _add(listener: Listener, fact_classes: tuple[type[Any], ...]) -> None:
    if listener.name in LISTENERS:
        raise ValueError(f"Two listeners are called {listener.name}.")
    if len(listener.name) > NAME_CHARACTERS:
        raise ValueError(f"{listener.name} is longer than {NAME_CHARACTERS} characters.")
    LISTENERS[listener.name] = listener
    for fact_class in fact_classes:
        HEARS[fact_name(fact_class)].append(listener)
