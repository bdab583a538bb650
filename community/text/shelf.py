"""Texts made once and kept while there is room for them."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Shelf(Generic[Key]):
    """Least recently used texts go first. Safe between threads; two may make the same text at once."""

    def __init__(self, *, capacity_bytes: int) -> None:
        self.capacity_bytes = capacity_bytes
        self.size_bytes = 0
        self._texts: OrderedDict[Key, str] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._texts)

    def fetch(self, key: Key, make: Callable[[], str]) -> str:
        with self._lock:
            if key in self._texts:
                self._texts.move_to_end(key)
                return self._texts[key]
        text = make()
        with self._lock:
            if key not in self._texts:
                self._texts[key] = text
                self.size_bytes += _weight(text)
            while self.size_bytes > self.capacity_bytes:
                self.size_bytes -= _weight(self._texts.popitem(last=False)[1])
        return text


def _weight(text: str) -> int:
    return 200 + 2 * len(text)
