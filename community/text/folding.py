"""Words made alike for comparing: case, accents and compatibility forms taken away."""

import re
import unicodedata

FEWEST_LETTERS = 3
LONGEST_WORD = 40
_WORD = re.compile(r"\w+")


def folded(text: str) -> str:
    """`Inundación` and `INUNDACION` are the same word. Never shown, only compared."""
    decomposed = unicodedata.normalize("NFKD", text.strip())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(unicodedata.normalize("NFC", bare).casefold().split())


def words_of(text: str) -> list[str]:
    """The folded words of a text in order, each once, without the shortest: for finding texts alike.

    The plural's `s` and the Arabic article are taken off: enough to bring words together, no stemming.
    """
    bare = (_bare(word) for word in _WORD.findall(folded(text)))
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in bare if len(word) >= FEWEST_LETTERS))


def _bare(word: str) -> str:
    if len(word) > 4 and word.startswith("ال"):
        return word[2:]
    return word[:-1] if len(word) > FEWEST_LETTERS and word.endswith("s") else word
