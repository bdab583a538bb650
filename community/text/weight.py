"""How much one text may cost. Cheap counts before parsing; the sizes that only the parser knows, after it.

Measured without caps: 50 KB of `![` took 8 s, a table of 60 KB 5 s, and 25 KB of one reference used again
and again became 25 MB of HTML.
"""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from community.text.unfit import TextTooHeavy, UnfitText

INPUT_LENGTH = 32 * 1024  # characters, in every alphabet: the parser reads characters
OUTPUT_BYTES = 512 * 1024
LINES = 2_500
NESTING_LEVELS = 24  # of blocks; a list takes two
BRACKETS = 1_000
LINKS = 300
SIGNS = 8_000  # characters that may begin something inline
MARKERS = 4_000  # what may begin a list item or a quote, and ends of sentences
TABLE_CELLS = 2_500
LOOKS = 40_000  # at a line, by the parser; 4 µs each

_SIGNS = "*_`~<&\\"
_MARKER = re.compile(r"[-+*.)>](?=[ \t\n>])")

_DEEP_QUOTE = re.compile(rf"^[ \t]*(?:>[ \t]*){{{NESTING_LEVELS}}}", re.MULTILINE)


def insist_on_size(text: str, most: int = INPUT_LENGTH) -> None:
    """Params: most, in characters. Raises: TextTooHeavy over it, UnfitText for what has no UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UnfitText("surrogate") from error
    if len(text) > most:
        raise TextTooHeavy("long", has=len(text), most=most)


def insist_on_light_source(text: str) -> None:
    """Raises: TextTooHeavy for what is known to be slow to parse."""
    insist_on_size(text)
    if text.count("\n") > LINES:
        raise TextTooHeavy("lines", most=LINES)
    if _DEEP_QUOTE.search(text):
        raise TextTooHeavy("nesting")
    if text.count("[") > BRACKETS or text.count("]") > BRACKETS:
        raise TextTooHeavy("brackets", most=BRACKETS)
    if text.count("://") + text.count("www.") > LINKS or text.count("@") > 2 * LINKS:
        raise TextTooHeavy("links", most=LINKS)
    if sum(map(text.count, _SIGNS)) > SIGNS or len(_MARKER.findall(text)) > MARKERS:
        raise TextTooHeavy("signs")


def insist_on_light_tokens(tokens: Sequence[Token]) -> None:
    """Raises: TextTooHeavy for a page too large, too many links, or blocks nested too deep."""
    links = size = 0
    for token in tokens:
        # The parser drops what lies deeper than it may go: better refuse than lose words.
        if token.level >= NESTING_LEVELS:
            raise TextTooHeavy("nesting")
        size += len(token.content) if not token.children else 0
        for child in token.children or ():
            links += child.type in ("link_open", "image")
            size += len(child.content) + sum(len(str(value)) for value in child.attrs.values())
    if links > LINKS:
        raise TextTooHeavy("links", most=LINKS)
    if size > OUTPUT_BYTES:
        raise TextTooHeavy("output")
