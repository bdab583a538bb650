"""Words cut to their stems, in each of our languages: floods and flooding, inundación and inundaciones."""

from collections.abc import Sequence
from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

STEMMERS = {"en": "english", "es": "spanish", "pt": "portuguese", "fr": "french", "ar": "arabic"}


@lru_cache
def _stemmer(language: str) -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer(STEMMERS[language])).build()


def stems(words: Sequence[str], language: str) -> list[str]:
    """Of folded words, one each. A language that we have no stemmer for leaves them as they are."""
    known = language.split("-")[0]
    return _stemmer(known).analyze(" ".join(words)) if known in STEMMERS and words else list(words)


@lru_cache(maxsize=50_000)
def every_stem(word: str) -> frozenset[str]:
    """In any language: nobody says in which she asks."""
    return frozenset(stem for language in STEMMERS for stem in stems([word], language))
