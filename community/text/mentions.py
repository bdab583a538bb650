"""Who is spoken to by `@handle`."""

from community.text.parser import parse

MOST_HANDLES = 20  # told of one text


def handles_in(text: str) -> list[str]:
    """The handles mentioned, in lower case, in order, each once, at most 20; known or not.

    Not those in code, inside links or in e-mail addresses: just what `render` would make a link of.
    Raises: TextTooHeavy, as `render`.
    """
    children = (token for block in parse(text).tokens for token in block.children or ())
    handles = dict.fromkeys(token.meta["handle"] for token in children if token.type == "mention")
    return list(handles)[:MOST_HANDLES]
