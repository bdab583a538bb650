"""A member's name taken out of what others wrote, where the house itself put it there."""

import re
from collections.abc import Callable
from functools import lru_cache

from community.text.excerpts import name_line


@lru_cache(maxsize=16)
def _traces(handles: tuple[str, ...], name: str) -> re.Pattern[str]:
    """`@handle`, also in code and quotes; an address of her page; the line that a quote begins with."""
    called = "(?:" + "|".join(map(re.escape, handles)) + ")"
    mention, page = rf"@{called}(?![\w-])", rf"(?<=/members/){called}(?![\w-])"
    quoted = rf"(?m:(?<=^> ){re.escape(name_line(name))}$)" if name else r"(?!)"
    return re.compile(f"(?P<mention>{mention})|(?P<page>{page})|(?P<quoted>{quoted})", re.IGNORECASE)


def speaks_of(text: str, *, handles: tuple[str, ...], name: str) -> bool:
    return bool(_traces(handles, name).search(text))


def without_person(text: str, *, handles: tuple[str, ...], name: str, instead: str) -> str:
    """Params: instead, the words for her, `a former member`, in the language of the text."""
    return _traces(handles, name).sub(_replacing(instead), text)


def _replacing(instead: str) -> Callable[[re.Match[str]], str]:
    def replaced(found: re.Match[str]) -> str:
        if found["page"]:
            return "-"
        return f"**{instead}**" if found["quoted"] else instead

    return replaced
