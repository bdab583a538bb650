"""What members write, as HTML that is safe to show.

The tokens are written out by a renderer of our own, which escapes all it is given, and then nh3 takes away
whatever is not on our list: either alone would do. Mind RENDERER_VERSION: step it with any change of output.

The container that shows the HTML gives its paragraphs their direction (`unicode-bidi: plaintext`).
"""

import re
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

import nh3
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from community.text.parser import SCHEMES, parse
from community.text.shelf import Shelf
from community.text.unfit import TextTooHeavy
from community.text.weight import OUTPUT_BYTES

__all__ = ["REL", "RENDERER_VERSION", "TAGS", "TextTooHeavy", "localised", "render"]

RENDERER_VERSION = 1
REL = "nofollow ugc noopener noreferrer"
NOBODY: Mapping[str, str] = MappingProxyType({})

TAGS = frozenset(
    {"p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "li", "section"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
    | {"a", "code", "em", "strong", "s", "sup"}
)
_ATTRIBUTES = {"a": {"href", "title", "id"}, "ol": {"start"}, "li": {"id"}}
_CLASSES = {"a": {"mention", "footnote-back"}, "li": {"task"}, "section": {"footnotes"}}
_FIXED_VALUES = {
    "a": {"rel": {REL}},
    "td": {"align": {"left", "center", "right"}},
    "th": {"align": {"left", "center", "right"}},
}
_FOOTNOTE_ID = re.compile(r"fn(?:ref)?-[0-9a-f]{12}-\d+(?:-\d+)?")


def _kept_attribute(_tag: str, name: str, value: str) -> str | None:
    """Ids are for footnotes only."""
    return value if name != "id" or _FOOTNOTE_ID.fullmatch(value) else None


_cleaner = nh3.Cleaner(
    tags=set(TAGS),
    attributes=_ATTRIBUTES,
    attribute_filter=_kept_attribute,
    tag_attribute_values=_FIXED_VALUES,
    allowed_classes=_CLASSES,
    url_schemes=set(SCHEMES),
    link_rel=None,  # ours already, on every link but those within the site
)
_shelf: Shelf[tuple[object, ...]] = Shelf(capacity_bytes=8 * 1024 * 1024)


class _Renderer(RendererHTML):
    """The parser's renderer with our headings, links, images, mentions and footnotes.

    `env` holds `names` (handle to display name) and `mark` (what makes footnote ids this text's own).
    """

    def heading_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Any) -> str:
        return f"<{_heading(tokens[index])}>"

    def heading_close(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Any) -> str:
        return f"</{_heading(tokens[index])}>\n"

    def link_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Any) -> str:
        return f'<a{self.renderAttrs(tokens[index])} rel="{REL}">'

    def image(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any) -> str:
        """A link to it: nothing is fetched from elsewhere because somebody reads a post."""
        image = tokens[index]
        address = str(image.attrs["src"])
        text = escapeHtml(self.renderInlineAsText(image.children, options, env) or address)
        if image.meta.get("in_link"):
            return text
        return f'<a href="{escapeHtml(address)}" rel="{REL}">{text}</a>'

    def mention(self, tokens: Sequence[Token], index: int, _options: OptionsDict, env: Any) -> str:
        handle = tokens[index].meta["handle"]
        if handle not in env["names"]:
            return escapeHtml(tokens[index].content)
        name = escapeHtml(env["names"][handle])
        return f'<a href="/members/{handle}/" class="mention">@{name}</a>'

    def fence(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Any) -> str:
        return f"<pre><code>{escapeHtml(tokens[index].content)}</code></pre>\n"

    def td_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Any) -> str:
        return _cell(tokens[index])

    th_open = td_open

    def footnote_ref(self, tokens: Sequence[Token], index: int, _options: OptionsDict, env: Any) -> str:
        number, use = _numbers(tokens[index])
        mark = env["mark"]
        return f'<sup><a href="#fn-{mark}-{number}" id="fnref-{mark}-{number}-{use}">[{number}]</a></sup>'

    def footnote_block_open(self, *_: Any) -> str:
        return '<section class="footnotes">\n<ol>\n'

    def footnote_block_close(self, *_: Any) -> str:
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, env: Any) -> str:
        return f'<li id="fn-{env["mark"]}-{_numbers(tokens[index])[0]}">'

    def footnote_close(self, *_: Any) -> str:
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], index: int, _options: OptionsDict, env: Any) -> str:
        number, use = _numbers(tokens[index])
        return f' <a href="#fnref-{env["mark"]}-{number}-{use}" class="footnote-back">↩︎</a>'


def _heading(token: Token) -> str:
    """A page has one h1 and sections of its own: a post's headings begin at h3."""
    return f"h{min(int(token.tag[1]) + 2, 6)}"


def _cell(token: Token) -> str:
    """The parser's `style` would be against our policy."""
    aligned = str(token.attrs.get("style", "")).removeprefix("text-align:")
    return f'<{token.tag} align="{aligned}">' if aligned else f"<{token.tag}>"


def _numbers(token: Token) -> tuple[int, int]:
    return token.meta["id"] + 1, token.meta.get("subId", 0) + 1


_renderer = _Renderer()
_options = OptionsDict(
    {
        "maxNesting": 100,
        "html": False,
        "linkify": True,
        "typographer": False,
        "quotes": "“”‘’",
        "xhtmlOut": False,
        "breaks": False,
        "langPrefix": "",
        "highlight": None,
    }
)


def render(text: str, *, names: Mapping[str, str] = NOBODY) -> str:
    """The HTML of a cleaned text; `@handle` becomes a link where `names` knows the handle's display name.

    Kept by (text, version, the names that it mentions). Footnotes are numbered within the text and their ids
    bear its hash: two posts of a page share ids only where they share every word.
    Raises: TextTooHeavy over the caps of community.text.weight; UnfitText for lone surrogates.
    """
    lower = text.lower()
    named = tuple(sorted((handle, name) for handle, name in names.items() if f"@{handle}" in lower))
    return _shelf.fetch((text, RENDERER_VERSION, named), lambda: _rendered(text, dict(named)))


def _rendered(text: str, names: Mapping[str, str]) -> str:
    parsed = parse(text)
    mark = blake2b(text.encode(), digest_size=6).hexdigest()
    written = _renderer.render(parsed.tokens, _options, {**parsed.environment, "names": names, "mark": mark})
    html = _cleaner.clean(written) if len(written) <= OUTPUT_BYTES else written
    if len(html.encode()) > OUTPUT_BYTES:
        raise TextTooHeavy("output")
    return html


def localised(html: str, language_prefix: str) -> str:
    """Rendered `html` with its links to members under a language's prefix: "/es", or "" for none."""
    prefix = language_prefix.strip("/")
    # A `<` in rendered HTML begins a tag of ours, never words of the text.
    return html.replace('<a href="/members/', f'<a href="/{prefix}/members/') if prefix else html
