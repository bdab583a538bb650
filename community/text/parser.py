"""From Markdown to tokens: CommonMark without HTML, with tables, strikethrough, task lists, footnotes, bare links.

The tokens of one text are kept for the few who ask in turn (the form, the mentions, the excerpt, the page);
nobody changes them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from linkify_it import LinkifyIt  # type: ignore[import-untyped]  # ships no types
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from community.text.unfit import TextTooHeavy
from community.text.weight import LOOKS, NESTING_LEVELS, TABLE_CELLS, insist_on_light_source, insist_on_light_tokens

# Not after a word, an address or a path; not before a dot that goes on to a domain.
MENTION = re.compile(r"(?<![\w@/.+\-])@([A-Za-z0-9](?:[A-Za-z0-9_\-]{0,38}[A-Za-z0-9])?)(?![\w@]|\.[a-z0-9])")
_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
SCHEMES = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True)
class Parsed:
    """Read only: shared by all who ask for the same text."""

    tokens: tuple[Token, ...]
    environment: dict[str, Any]


def is_safe_address(url: str) -> bool:
    """http, https and mailto, and addresses within this site."""
    scheme = _SCHEME.match(url.strip())
    return scheme is None or scheme[1].lower() in SCHEMES


def _measured_table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The parser's own rule, once the table is known to be small: short rows are filled up with cells."""
    if not table(state, start_line, end_line, True):
        return False
    if silent:
        return True
    columns = state.getLines(start_line + 1, start_line + 2, 0, False).count("|") + 1
    rows = next((line for line in range(start_line, end_line) if state.isEmpty(line)), end_line) - start_line
    state.env["cells"] = state.env.get("cells", 0) + columns * rows
    if state.env["cells"] > TABLE_CELLS:
        raise TextTooHeavy("cells", most=TABLE_CELLS)
    return table(state, start_line, end_line, False)


def _meter(state: StateBlock, _start_line: int, _end_line: int, _silent: bool) -> bool:
    """Matches nothing: counts how often the parser looks at a line. Broken quotes make it look again and again."""
    state.env["looks"] = state.env.get("looks", 0) + 1
    if state.env["looks"] > LOOKS:
        raise TextTooHeavy("signs")
    return False


def _mark_tasks(state: StateCore) -> None:
    """`- [ ] this` and `- [x] that` begin with a box; their list items know it."""
    for item, paragraph, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if (item.type, paragraph.type, inline.type) != ("list_item_open", "paragraph_open", "inline"):
            continue
        first = inline.children[0] if inline.children else None
        box = _TASK.match(first.content) if first and first.type == "text" else None
        if first and box:
            item.attrSet("class", "task")
            first.content = ("☐ " if box[1] == " " else "☑ ") + first.content[box.end() :]


def _split_at_mentions(text: Token) -> Iterator[Token]:
    position = 0
    for mention in MENTION.finditer(text.content):
        if mention.start() > position:
            yield Token("text", "", 0, content=text.content[position : mention.start()], level=text.level)
        handle = {"handle": mention[1].lower()}
        yield Token("mention", "", 0, content=mention[0], level=text.level, meta=handle)
        position = mention.end()
    if position < len(text.content):
        yield Token("text", "", 0, content=text.content[position:], level=text.level)


def _find_mentions(state: StateCore) -> None:
    """Parts `@handle` from the text around it, and tells images which of them lie inside a link."""
    for inline in state.tokens:
        found: list[Token] = []
        depth = 0
        for token in inline.children or ():
            depth += token.nesting if token.type in ("link_open", "link_close") else 0
            if token.type == "image":
                token.meta["in_link"] = depth > 0
            if token.type == "text" and not depth and "@" in token.content:
                found.extend(_split_at_mentions(token))
            else:
                found.append(token)
        if inline.children:
            inline.children = found


class _BareLinks(LinkifyIt):  # type: ignore[misc]  # untyped
    """http, https, www. and e-mail addresses. Other words too often look like hosts: minutes.md, notes.py."""

    def __init__(self) -> None:
        super().__init__(options={"fuzzy_link": False, "fuzzy_email": True, "fuzzy_ip": False})
        self.add("ftp:", None).add("//", None)
        self.add("www.", {"validate": f"^{self.re['src_host_port_strict']}{self.re['src_path']}"})

    def normalize(self, match: Any) -> None:
        super().normalize(match)
        if match.schema == "www.":
            match.url = f"http://{match.url}"


def new_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "maxNesting": NESTING_LEVELS + 1})
    parser.enable(["table", "strikethrough", "linkify"]).use(footnote_plugin, inline=False)
    parser.block.ruler.at("table", _measured_table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before("table", "meter", _meter, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.core.ruler.after("linkify", "tasks", _mark_tasks)
    # Before escapes are joined to their text: `\@ana` is no mention.
    parser.core.ruler.after("tasks", "mentions", _find_mentions)
    parser.validateLink = is_safe_address  # type: ignore[method-assign]
    parser.linkify = _BareLinks()
    return parser


_parser = new_parser()


@lru_cache(maxsize=16)
def parse(text: str) -> Parsed:
    """Raises: TextTooHeavy, in words, rather than be slow."""
    insist_on_light_source(text)
    environment: dict[str, Any] = {}
    tokens = tuple(_parser.parse(text, environment))
    insist_on_light_tokens(tokens)
    return Parsed(tokens, environment)
