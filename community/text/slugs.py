"""Words for addresses. They please the eye and never decide what is shown."""

import re
import unicodedata

# Latin letters that do not come apart into a base and its accents; apostrophes go.
_PAIRS = (
    "ß=ss æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ħ=h ı=i ŋ=ng ŧ=t ĸ=k ŀ=l ƀ=b ɓ=b ɖ=d ɗ=d ƙ=k ƴ=y ɨ=i ə=e ɛ=e ɔ=o "
    "ɣ=g ƈ=c ƒ=f ǥ=g ƥ=p ƭ=t ƶ=z ɲ=n ʉ=u ɩ=i ʋ=v ȷ=j '= ’= ʻ= ʼ= ·="
)
_LETTERS = str.maketrans(dict(pair.split("=") for pair in _PAIRS.split()))
# Words that addresses use where a slug might stand.
RESERVED = frozenset(
    {"account", "admin", "alike", "all", "changes", "cities", "edit", "embed", "feed", "live", "log", "me", "members"}
    | {"moderators", "new", "poll", "profile", "recording", "reply", "room", "search", "session", "similar", "summary"}
    | {"theme", "tag"}
)


def slug_of(title: str, max_length: int = 80) -> str:
    """Lower-case ASCII words joined by hyphens, cut between words; "-" where no Latin letter or digit is left.

    A word that addresses use themselves gets a number: "reply" becomes "reply-1".
    """
    latin = unicodedata.normalize("NFKD", title.lower().translate(_LETTERS))
    bare = "".join(char for char in latin if not unicodedata.combining(char))
    words = re.sub("[^a-z0-9]+", "-", bare).strip("-")
    slug = _cut(words, max_length)
    return f"{slug}-1" if slug in RESERVED else slug or "-"


def _cut(words: str, max_length: int) -> str:
    if len(words) <= max_length:
        return words
    start = words[: max_length + 1].rpartition("-")[0]
    return start if len(start) > max_length // 2 else words[:max_length].rstrip("-")
