"""A post in fewer words: excerpts for lists, notices and descriptions, quotes for replies."""

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from community.text.parser import parse
from community.text.unfit import TextTooHeavy

QUOTE_LENGTH = 1_500  # characters; who needs more may copy it

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ENDS_BADLY = re.compile("[\u0300-\u036f\u200c\u200d\ufe0f]+$")
_QUOTED = re.compile(r"^[ ]{0,3}>.*$\n?", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>@&#~|!])")
_BOXES = ("☐ ", "☑ ")


def excerpt(markdown: str, length: int) -> str:
    """One line of plain text, at most `length` characters, "…" included; cut between words.

    Quotes of others and footnotes are left out, unless there is nothing else. Bidi controls are taken out,
    because a cut might leave one open. Not HTML: escape it as any text.
    """
    try:
        tokens = parse(markdown).tokens
    except TextTooHeavy:  # kept from before a cap was lowered
        return _cut(markdown, length)
    words = " ".join(_own_words(tokens)) or " ".join(_words(tokens))
    return _cut(words, length)


def _own_words(tokens: Iterable[Token]) -> Iterator[str]:
    depth = 0
    for token in tokens:
        if token.type.startswith(("blockquote_", "footnote_block_")):
            depth += token.nesting
        elif depth == 0:
            yield from _words([token])


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("fence", "code_block"):
            yield token.content
        elif token.children:
            yield "".join(map(_said_by, token.children))


def _said_by(token: Token) -> str:
    if token.type == "image":
        return "".join(map(_said_by, token.children or ()))
    if token.type in ("softbreak", "hardbreak"):
        return " "
    text = token.content
    return text[2:] if text.startswith(_BOXES) else text


def _cut(text: str, length: int) -> str:
    line = " ".join(_BIDI.sub("", text).split())
    if len(line) <= length:
        return line
    start = line[: length - 1]
    if line[length - 1] != " " and " " in start[length // 2 :]:
        start = start[: start.rindex(" ")]
    return _ENDS_BADLY.sub("", start).rstrip(" ,;:.-–—") + "…"


def name_line(author: str) -> str:
    """Whose words a quote holds."""
    name = _MARKDOWN.sub(r"\\\1", author)
    return f"**{name}**"


def quote_of(text: str, author: str) -> str:
    """Markdown: a block quote of `text` under `author`'s name, and an empty line to write on.

    What `text` itself quotes is left out, so that quotes never nest however long a talk goes on.
    """
    own = _BLANK_LINES.sub("\n\n", _QUOTED.sub("", text)).strip("\n")
    if len(own) > QUOTE_LENGTH:
        own = own[:QUOTE_LENGTH].rsplit(None, 1)[0] + " …"
    lines = [name_line(author)]
    lines += ["", *own.split("\n")] if own else []
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"
