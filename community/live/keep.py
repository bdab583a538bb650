"""What a page is made from, as numbers of streams: so that whoever keeps it knows when it is over."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest

from community.facts.models import Stream
from community.facts.rows import marks, rows

SITE = "site"  # what shows everywhere: members renamed or erased, forums renamed, translations, settings
ACCESS = "access"  # who may see what: a forum closed, a thread moved, a member suspended
KEPT = "kept"  # the place in the ASGI scope; only the front of kept pages opens it


class Note:
    """What a view said of its answer while it was made."""

    def __init__(self) -> None:
        self.heads: dict[str, int] = {}
        self.until: datetime | None = None


def heads_of(streams: Iterable[str]) -> dict[str, int]:
    """The last number given out on each of these streams, 0 where none was. One query."""
    names = set(streams)
    found = rows(Stream, f"name IN ({marks(names)})", names) if names else []
    known = {stream.name: stream.head for stream in found}
    return {name: known.get(name, 0) for name in names}


def keep(request: HttpRequest, *streams: str, until: datetime | None = None) -> dict[str, int]:
    """Say that this answer is made from `streams`, `site` and `access` alone; call it BEFORE reading rows.

    So a page may be newer than its numbers, never older. Where the answer is for a guest it is then
    kept and given to other guests until one of the streams steps; for anyone else nothing happens.

    Params: until, the instant from which the answer is no longer true, where it speaks of now.
    Returns: the heads of the streams, as of now.
    """
    heads = heads_of((SITE, ACCESS, *streams))
    note: Note | None = getattr(request, "scope", {}).get(KEPT)
    if note is not None:
        for stream, head in heads.items():
            note.heads.setdefault(stream, head)  # said twice, the older number holds
        if until is not None:
            note.until = until if note.until is None else min(note.until, until)
    return heads
