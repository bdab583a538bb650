"""A page read back as a browser reads it, and what must hold for every one."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

from community.text.markdown import REL, TAGS

ATTRIBUTES = {
    "a": {"href", "title", "rel", "class", "id"},
    "ol": {"start"},
    "li": {"id", "class"},
    "section": {"class"},
    "td": {"align"},
    "th": {"align"},
}
CLASSES = {"mention", "footnote-back", "task", "footnotes"}
VOID = {"br", "hr"}


class ReadPage(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.opened: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.strays: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.opened or self.opened.pop() != tag:
            self.strays.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        self.strays.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.strays.append(decl)

    def handle_pi(self, data: str) -> None:
        self.strays.append(data)


def assert_safe(html: str) -> ReadPage:
    """Only our tags, our attributes and our schemes; every tag closed in turn."""
    page = ReadPage(html)
    assert (page.opened, page.strays) == ([], [])
    for tag, attributes in page.tags:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set()), (tag, attributes)
        assert set((attributes.get("class") or "").split()) <= CLASSES
        if tag == "a":
            _assert_safe_link(attributes)
    return page


def _assert_safe_link(attributes: dict[str, str | None]) -> None:
    address = attributes.get("href") or ""
    ours = attributes.get("class") == "mention" or address.startswith("#fn")
    assert urlsplit("".join(address.split())).scheme in ("", "http", "https", "mailto")
    assert ours or attributes["rel"] == REL
