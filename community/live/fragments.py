"""Rendered things, kept by version: whoever asks (page, frame, backlog), each is rendered once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import UTC
from threading import Lock
from typing import Generic, TypeVar

from django.utils import timezone, translation

Thing = TypeVar("Thing")


class KeptFragments(Generic[Thing]):
    """Keeps `render(thing, language, audience)` by (version, language, audience), the least used going first.

    Params: version, everything that the fragment shows, as a key: what is not in it may go stale;
    size, fragments kept in this process.
    """

    def __init__(
        self, render: Callable[[Thing, str, str], str], *, version: Callable[[Thing], Hashable], size: int
    ) -> None:
        self.render, self.version, self.size = render, version, size
        self.kept: OrderedDict[Hashable, str] = OrderedDict()
        self.lock = Lock()

    def __call__(self, thing: Thing, language: str, audience: str) -> str:
        key = (self.version(thing), language, audience)
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
                return self.kept[key]
        # Whoever asks first renders for all: in the zone of none of them.
        with translation.override(language), timezone.override(UTC):
            html = self.render(thing, language, audience)
        with self.lock:
            self.kept[key] = html
            while len(self.kept) > self.size:
                self.kept.popitem(last=False)
        return html
