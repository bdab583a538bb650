"""Words made alike for comparing: case, accents and compatibility forms taken away."""

import re
import unicodedata

FEWEST_LETTERS = 3
LONGEST_WORD = 40
_WORD = re.compile(r"\w+")
_PART_OF_NAME = re.compile(r"[\w-]+")
# What compatibility decomposition leaves as it is.
LETTERS = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ŋ": "n",
        "ŧ": "t",
        "ĸ": "k",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ة": "ه",
        "ک": "ك",
        "\u0640": "",
        "\u200c": "",
        "\u200d": "",
    }
)


def folded(text: str) -> str:
    """`Inundación` and `INUNDACION` are the same word. Never shown, only compared."""
    decomposed = unicodedata.normalize("NFKD", text.strip())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(unicodedata.normalize("NFC", bare).casefold().split())


def bare_letters(text: str) -> str:
    """As search compares: beyond `folded`, ligatures, Arabic letter forms and digits of every script are made alike.

    Tags are kept by `folded`, whose answers therefore never change; this one may learn more letters.
    """
    plain = unicodedata.normalize("NFKD", text).casefold().translate(LETTERS)
    return "".join(_digit(char) for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))


def bare_name(*texts: str) -> str:
    """The words of names as somebody begins to type them, each with a space before it: `" jose perez jose-perez"`."""
    return "".join(f" {word}" for text in texts for word in _PART_OF_NAME.findall(bare_letters(text)))


def _digit(char: str) -> str:
    return char if char.isascii() else str(unicodedata.decimal(char, char))


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
