"""Who is spoken to by `@handle`."""

from collections.abc import Iterator

from markdown_it.token import Token

from community.text.parser import parse

MOST_HANDLES = 20  # told of one text


def handles_in(text: str) -> list[str]:
    """The handles mentioned, in lower case, in order, each once, at most 20; known or not.

    Not those in code, inside links or in e-mail addresses, as in `render`; nor those in quotes, whose
    members were told when they were first spoken to.
    Raises: TextTooHeavy, as `render`.
    """
    return list(dict.fromkeys(token.meta["handle"] for token in _mentions(text)))[:MOST_HANDLES]


def _mentions(text: str) -> Iterator[Token]:
    quotes = 0
    for block in parse(text).tokens:
        quotes += block.nesting if block.type.startswith("blockquote_") else 0
        if not quotes:
            yield from (token for token in block.children or () if token.type == "mention")
