"""Words made alike for comparing: case, accents and compatibility forms taken away."""

import unicodedata


def folded(text: str) -> str:
    """`Inundación` and `INUNDACION` are the same word. Never shown, only compared."""
    decomposed = unicodedata.normalize("NFKD", text.strip())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(unicodedata.normalize("NFC", bare).casefold().split())
