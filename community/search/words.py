"""Words as they are compared: alike in the index, in the question and where a passage is marked.

Case, accents, ligatures, Arabic marks and letter forms, its article with what is joined to it, and digits of every
script are taken away. Both engines are given nothing but such words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from community.text.folding import bare_letters

LONGEST_WORD = 60  # characters
MOST_WORDS = 10  # of a question; Meilisearch reads no further
LONGEST_QUESTION = 200  # characters
# A letter with the marks that belong to it, also where they are invisible: tatweel and joiners.
MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c\u200d"
WORD = re.compile(rf"(?:\w[{MARKS}]*)+")
ARTICLES = ("وال", "فال", "بال", "كال", "ولل", "لل", "ال")  # and-the, so-the, by-the, as-the, and-to-the, to-the, the
FEWEST_AFTER_ARTICLE = 3  # letters


@dataclass(frozen=True)
class Spot:
    """A word where it stands in a text: its folded form or forms, from character `start` up to `end`."""

    words: tuple[str, ...]
    start: int
    end: int


@lru_cache(maxsize=50_000)
def folded_words(token: str) -> tuple[str, ...]:
    """What one written word is compared as; now and then several, where one character stands for a phrase."""
    bare = bare_letters(token[: 2 * LONGEST_WORD])
    return tuple(_without_article(word)[:LONGEST_WORD] for word in re.findall(r"\w+", bare))


def spots(text: str) -> Iterator[Spot]:
    for found in WORD.finditer(text):
        if words := folded_words(found[0]):
            yield Spot(words, found.start(), found.end())


def words_in(text: str) -> list[str]:
    """Every word of a text in order, folded."""
    return [word for spot in spots(text) for word in spot.words]


def _without_article(word: str) -> str:
    for article in ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= FEWEST_AFTER_ARTICLE:
            return word[len(article) :]
    return word


@dataclass(frozen=True)
class Term:
    """One thing that must be found: words that follow each other, mostly one.

    Params: is_exact, no typo and no stem will do (it stood in quotation marks); is_begun, it may go on, for it was
    being typed; alike, what else will do in its place, each as words that follow each other.
    """

    words: tuple[str, ...]
    is_exact: bool = False
    is_begun: bool = False
    alike: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Question:
    """Params: unwanted, terms that nothing found may have; is_cut, it had more words than are looked for."""

    terms: tuple[Term, ...]
    unwanted: tuple[tuple[str, ...], ...] = ()
    is_cut: bool = False
    is_blank: bool = False  # nothing was typed: everything fits

    @property
    def written(self) -> str:
        """As one would type it, each word finished."""
        terms = (" ".join(term.words) for term in self.terms)
        wanted = (f'"{words}"' if term.is_exact else words for term, words in zip(self.terms, terms, strict=True))
        return " ".join([*wanted, *(f'-"{" ".join(words)}"' for words in self.unwanted)]) + " "


Synonyms = Sequence[frozenset[tuple[str, ...]]]  # groups of phrases that mean the same, each as folded words


def asked(q: str, synonyms: Synonyms = ()) -> Question:
    """What somebody typed: words, "phrases" and -words. The last word may go on unless a space follows it."""
    q = q[:LONGEST_QUESTION]
    terms, unwanted = list[Term](), list[tuple[str, ...]]()
    for minus, phrase, plain in re.findall(r'(?:(?<=\s)|^)(-?)"([^"]*)"|(\S+)', q):
        if minus:
            unwanted.append(tuple(words_in(phrase)))
        elif phrase:
            terms.append(Term(tuple(words_in(phrase)), is_exact=True))
        elif plain.startswith("-") and len(plain) > 1:
            unwanted.append(tuple(words_in(plain)))
        else:
            terms.extend(Term((word,)) for word in words_in(plain))
    terms = [term for term in terms if term.words]
    kept = list(_at_most(terms, MOST_WORDS))
    if len(kept) == len(terms) and kept and not kept[-1].is_exact and q[-1:].strip() and WORD.search(q[-1:]):
        kept[-1] = Term(kept[-1].words, is_begun=True)
    return Question(
        terms=tuple(_with_synonyms(kept, synonyms)),
        unwanted=tuple(words for words in unwanted if words),
        is_cut=len(kept) < len(terms),
        is_blank=not q.strip(),
    )


def _at_most(terms: list[Term], words: int) -> Iterator[Term]:
    for term in terms:
        words -= len(term.words)
        if words < 0:
            return
        yield term


def _with_synonyms(terms: list[Term], synonyms: Synonyms) -> Iterator[Term]:
    """Where a group knows the words from here on, the longest such phrase becomes one term with the group's others."""
    place = 0
    while place < len(terms):
        ahead = tuple(word for term in islice(terms, place, None) if not term.is_exact for word in term.words)
        fitting = ((phrase, group) for group in synonyms for phrase in group if ahead[: len(phrase)] == phrase)
        phrase, group = max(fitting, key=lambda found: len(found[0]), default=((), frozenset[tuple[str, ...]]()))
        if phrase and not terms[place].is_exact:
            whole = terms[place : place + len(phrase)]
            others = tuple(sorted(group - {phrase}))
            yield Term(phrase, is_begun=whole[-1].is_begun, alike=others)
            place += len(phrase)
        else:
            yield terms[place]
            place += 1


def typos_allowed(word: str) -> int:
    """As Meilisearch counts: none in short words and numbers, one from 5 letters on, two from 9."""
    if any(char.isdigit() for char in word):
        return 0
    return 2 if len(word) >= 9 else 1 if len(word) >= 5 else 0
