"""What an edit took away and what it put in, word by word."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from hashlib import blake2b
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from community.text.shelf import Shelf

SAME, REMOVED, ADDED = "same", "removed", "added"
# What comparing costs grows at worst with the cube of the length, so only so many pairs are compared: 300 pieces with
# 300 take 0.1 s at worst. What is over the most is shown as taken away and put in whole.
MOST_PAIRS_AT_ONCE = 90_000
MOST_PAIRS = 200_000
# A word, with the marks that belong to its letters; a run of spaces; any other sign by itself.
_PIECES = re.compile(r"""[^\s.,;:!?…()\[\]{}«»"“”'’،؛؟*_#>|`~+=/\\-]+|\s+|.""", re.DOTALL)
_shelf: Shelf[bytes] = Shelf(capacity_bytes=4 * 1024 * 1024)


class Run(NamedTuple):
    """A piece of text that both versions have, or only one of them."""

    kind: str
    text: str


def word_diff(before: str, after: str) -> list[Run]:
    """The same and the removed runs give `before`, the same and the added ones `after`, to the letter."""
    runs = _by_lines(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return list(_joined(_readable(list(_joined(runs)))))


def diff_html(before: str, after: str) -> SafeString:
    """The diff with `<ins>` and `<del>`, everything else escaped. Kept while there is room."""
    digest = blake2b(digest_size=16)
    for text in (before, after):
        digest.update(text.encode())
        digest.update(b"\x00")  # no cleaned text holds one
    html = _shelf.fetch(digest.digest(), lambda: "".join(map(_as_html, word_diff(before, after))))
    return mark_safe(html)  # noqa: S308 - each run is escaped


def _as_html(run: Run) -> str:
    text = str(escape(run.text))
    if run.kind == SAME:
        return text
    element = "ins" if run.kind == ADDED else "del"
    return f"<{element}>{text}</{element}>"


class _Budget:
    """How many pairs may still be compared."""

    def __init__(self) -> None:
        self.left = MOST_PAIRS

    def takes(self, pairs: int) -> bool:
        if pairs > min(MOST_PAIRS_AT_ONCE, self.left):
            return False
        self.left -= pairs
        return True


def _by_lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    """Lines first: what whole paragraphs have in common need not be compared word by word."""
    budget = _Budget()
    for removed, added in _changes(before, after, budget):
        if removed == added:
            yield Run(SAME, "".join(removed))
        else:
            yield from _by_words(_PIECES.findall("".join(removed)), _PIECES.findall("".join(added)), budget)


def _by_words(before: Sequence[str], after: Sequence[str], budget: _Budget) -> Iterator[Run]:
    for removed, added in _changes(before, after, budget):
        if removed == added:
            yield Run(SAME, "".join(removed))
        else:
            yield Run(REMOVED, "".join(removed))
            yield Run(ADDED, "".join(added))


Change = tuple[Sequence[str], Sequence[str]]


def _changes(before: Sequence[str], after: Sequence[str], budget: _Budget) -> Iterator[Change]:
    """Pairs of what stood there and what stands there, equal or not, from the first to the last."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    yield before[:start], after[:start]
    if len(old) * len(new) > MOST_PAIRS_AT_ONCE:
        yield from _between_anchors(old, new, budget)
    else:
        yield from _compared(old, new, budget)
    yield before[len(before) - end :], after[len(after) - end :]


def _between_anchors(old: Sequence[str], new: Sequence[str], budget: _Budget) -> Iterator[Change]:
    """Long texts are cut where a piece stands that either has once."""
    i = j = 0
    for next_i, next_j in _anchors(old, new):
        yield from _compared(old[i:next_i], new[j:next_j], budget)
        yield old[next_i : next_i + 1], new[next_j : next_j + 1]
        i, j = next_i + 1, next_j + 1
    yield from _compared(old[i:], new[j:], budget)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Where the pieces stand that both have exactly once: the longest row of them in one order in both."""
    once = [{piece for piece, count in Counter(pieces).items() if count == 1} for pieces in (old, new)]
    places = {piece: j for j, piece in enumerate(new) if piece in once[0] and piece in once[1]}
    pairs = [(i, places[piece]) for i, piece in enumerate(old) if piece in places]
    ends: list[int] = []  # for each length, the lowest place in `new` at which a row of that length ends
    rows: list[int] = []  # for each pair, the length of the longest row that it ends
    for _, j in pairs:
        length = bisect_left(ends, j)
        ends[length : length + 1] = [j]
        rows.append(length)
    found: list[tuple[int, int]] = []
    wanted = len(ends) - 1
    for pair, length in zip(reversed(pairs), reversed(rows), strict=True):
        if length == wanted and (not found or pair[1] < found[-1][1]):
            found.append(pair)
            wanted -= 1
    return found[::-1]


def _compared(old: Sequence[str], new: Sequence[str], budget: _Budget) -> Iterator[Change]:
    if not budget.takes(len(old) * len(new)):
        yield old, new
        return
    for _, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield old[i1:i2], new[j1:j2]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many at the beginning are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


def _readable(runs: Sequence[Run]) -> Iterator[Run]:
    """A space between two changes belongs to both: words are read together, not one by one."""
    for number, run in enumerate(runs):
        between = 0 < number < len(runs) - 1 and SAME not in (runs[number - 1].kind, runs[number + 1].kind)
        if run.kind == SAME and between and run.text.isspace() and "\n" not in run.text:
            yield from (Run(REMOVED, run.text), Run(ADDED, run.text))
        else:
            yield run


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Of what lies between two runs that stayed, first all that was removed, then all that was added."""
    removed, added, same = "", "", ""
    for run in runs:
        if not run.text:
            continue
        if run.kind == SAME:
            yield from _told(removed, added)
            removed, added, same = "", "", same + run.text
            continue
        if same:
            yield Run(SAME, same)
            same = ""
        removed, added = (removed + run.text, added) if run.kind == REMOVED else (removed, added + run.text)
    if same:
        yield Run(SAME, same)
    yield from _told(removed, added)


def _told(removed: str, added: str) -> Iterator[Run]:
    yield from (run for run in (Run(REMOVED, removed), Run(ADDED, added)) if run.text)
