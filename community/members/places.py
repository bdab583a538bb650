"""Countries, in the reader's language."""

from functools import lru_cache

from babel import Locale


@lru_cache(maxsize=2048)
def country_name(code: str, language: str) -> str:
    """`EC` is Ecuador, in French Équateur; the code itself where nobody has a name for it."""
    name: str = Locale.parse(language).territories.get(code, code)
    return name
