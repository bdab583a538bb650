"""Rendered things, kept by version: whoever asks (page, frame, backlog), each is rendered once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import UTC
from threading import Lock
from typing import Generic, TypeVar

from django.utils import timezone, translation

Thing = TypeVar("Thing")
Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by key, in this process, the least used going first. Params: size, how many there are at most."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.values: OrderedDict[Hashable, Value] = OrderedDict()
        self.lock = Lock()

    def __call__(self, key: Hashable, make: Callable[[], Value]) -> Value:
        with self.lock:
            if key in self.values:
                self.values.move_to_end(key)
                return self.values[key]
        value = make()
        with self.lock:
            self.values[key] = value
            while len(self.values) > self.size:
                self.values.popitem(last=False)
        return value

    def forget(self) -> None:
        self.values.clear()


class KeptFragments(Generic[Thing]):
    """Keeps `render(thing, language, audience)` by (version, language, audience), the least used going first.

    Params: version, everything that the fragment shows, as a key: what is not in it may go stale;
    size, fragments kept in this process.
    """

    def __init__(
        self, render: Callable[[Thing, str, str], str], *, version: Callable[[Thing], Hashable], size: int
    ) -> None:
        self.render, self.version = render, version
        self.kept: Kept[str] = Kept(size)

    def __call__(self, thing: Thing, language: str, audience: str) -> str:
        def make() -> str:
            # Whoever asks first renders for all: in the zone of none of them.
            with translation.override(language), timezone.override(UTC):
                return self.render(thing, language, audience)

        return self.kept((self.version(thing), language, audience), make)
