"""Where the words of a question stand in a text, and the passage that shows most of them.

On the text as the database has it just now, so both engines mark alike: the same word, one that begins so where the
question's last word was still being typed, one within the typos allowed, one of the same stem, and an editor's
synonyms.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from community.search.stems import every_stem
from community.search.words import Question, Spot, Term, spots, typos_allowed

PASSAGE = 220  # characters
LONGEST_TEXT = 50_000  # characters looked at
BEFORE = 40  # characters of a passage before its first mark


def marked(text: str, question: Question) -> SafeString:
    """The whole text, escaped, with <mark> around what was asked."""
    text = text[:LONGEST_TEXT]
    return _marked(text, [spot for spot in spots(text) if _terms_at(spot.words, question)])


def passage(text: str, question: Question, length: int = PASSAGE) -> SafeString:
    """The part with most of the different terms, cut at words, escaped and marked. Its beginning where there is none.

    Params: length, in characters, about.
    """
    text = " ".join(text[:LONGEST_TEXT].split())
    found = [(spot, terms) for spot in spots(text) if (terms := _terms_at(spot.words, question))]
    begin = _best_begin(found, length)
    begin = text.rfind(" ", 0, begin) + 1 if begin else 0
    end = min(len(text), begin + length)
    if end < len(text):
        end = max(text.rfind(" ", begin, end), begin + length // 2)
    cut = text[begin:end]
    shown = _marked(cut, [spot for spot in spots(cut) if _terms_at(spot.words, question)])
    return format_html_join("", "{}", [("… " if begin else "",), (shown,), (" …" if end < len(text) else "",)])


def first_mark(text: str, question: Question) -> int | None:
    """At which character the best passage has its first mark. None where nothing is marked."""
    found = [(spot, terms) for spot in spots(text[:LONGEST_TEXT]) if (terms := _terms_at(spot.words, question))]
    begin = _best_begin(found, PASSAGE)
    return next((spot.start for spot, _ in found if spot.start >= begin), None)


def _best_begin(found: Sequence[tuple[Spot, frozenset[int]]], length: int) -> int:
    best, most = 0, 0
    for number, (spot, _terms) in enumerate(found):
        within = [terms for later, terms in found[number : number + 30] if later.end <= spot.start + length - BEFORE]
        kinds = len(frozenset[int]().union(*within))
        if kinds > most:
            best, most = max(0, spot.start - BEFORE), kinds
    return best


def _marked(text: str, found: Iterable[Spot]) -> SafeString:
    pieces, place = list[tuple[SafeString | str]](), 0
    for spot in found:
        pieces.append((text[place : spot.start],))
        pieces.append((format_html_join("", "<mark>{}</mark>", [(text[spot.start : spot.end],)]),))
        place = spot.end
    pieces.append((text[place:],))
    return format_html_join("", "{}", pieces)


@lru_cache(maxsize=20_000)
def _terms_at(words: tuple[str, ...], question: Question) -> frozenset[int]:
    """Which terms of the question stand here, by their number."""
    return frozenset(number for number, term in enumerate(question.terms) if any(_fits(word, term) for word in words))


def _fits(word: str, term: Term) -> bool:
    others = {other for phrase in term.alike for other in phrase}
    if word in term.words or word in others:
        return True
    if term.is_exact:
        return False
    begun = term.words[-1] if term.is_begun else ""
    return bool(begun and word.startswith(begun)) or any(_is_like(word, wanted) for wanted in term.words)


def _is_like(word: str, wanted: str) -> bool:
    if every_stem(word) & every_stem(wanted):
        return True
    most = typos_allowed(wanted)
    return bool(most) and abs(len(word) - len(wanted)) <= most and distance(word, wanted, most) <= most


@lru_cache(maxsize=50_000)
def distance(one: str, other: str, most: int) -> int:
    """Damerau and Levenshtein's, of neighbours that changed places as one. Above `most`: most + 1."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, char in enumerate(one, 1):
        now = [row]
        for column, its in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (char != its))
            if row > 1 and column > 1 and char == other[column - 2] and one[row - 2] == its:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return last[-1]
