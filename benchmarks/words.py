"""Texts in five languages, of words that nobody has said, as often and as seldom as words are."""

import random
from collections.abc import Iterator

LANGUAGES = ("en", "es", "pt", "fr", "ar")
SYLLABLES = {
    "ar": ["ما", "دي", "نة", "سي", "ول", "حر", "ري", "قا", "طع", "نو"],
    "": ["flo", "ra", "vin", "es", "ca", "lor", "ter", "men", "pu", "bli", "dra", "ques", "ton", "ine", "ari"],
}
WORDS_OF_A_TEXT = 90


def texts(chance: random.Random, count: int) -> Iterator[tuple[str, list[str]]]:
    """In one language after the other, with the words of each."""
    words = {language: vocabulary(chance, language) for language in LANGUAGES}
    for number in range(count):
        language = LANGUAGES[number % len(LANGUAGES)]
        known = words[language]
        yield language, [known[int(chance.paretovariate(0.7)) % len(known)] for _ in range(WORDS_OF_A_TEXT)]


def vocabulary(chance: random.Random, language: str) -> list[str]:
    syllables = SYLLABLES.get(language, SYLLABLES[""])
    return ["".join(chance.choices(syllables, k=chance.randint(2, 5))) for _ in range(12_000)]
