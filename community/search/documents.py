"""The port: what each room has to be found. Rooms fill it in their `documents.py`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from community.members.rulings import Viewer
from community.search.engine import Document


@dataclass(frozen=True)
class Found:
    """A hit as the reader may see it, read from the database just now.

    Params: title and its language; text, the passage to be cut and marked, plain; address, to the very post or second.
    """

    key: str
    title: str
    title_language: str
    text: str
    language: str
    address: str
    line: str | SafeString = ""  # who, where and when, in the reader's words


@dataclass(frozen=True)
class Findable:
    """One kind of key that a room brings.

    Params: prefix, of its keys, `post` in `post-55`; documents, by ids, those that are there now and no others, so that
    a key without one leaves the index; ids, all of them in slices, for a rebuild; show, by ids, what this viewer may
    see of them, asked of the room's rule; look, the database's own plain answer where no engine answers: ids, best
    first.
    """

    prefix: str
    documents: Callable[[Iterable[int]], list[Document]]
    ids: Callable[[], Iterator[list[int]]]
    show: Callable[[Viewer, Iterable[int]], Mapping[int, Found]]
    look: Callable[[Viewer, str, int], list[int]]
