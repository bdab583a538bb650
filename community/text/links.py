"""Where a text leads to."""

from collections.abc import Iterator

from community.text.parser import parse


def links_in(text: str) -> list[str]:
    """Addresses on other sites that it links to, each as often as it stands there; images among them.

    Raises: TextTooHeavy, as `render`.
    """
    return [address for address in _addresses(text) if "://" in address or address.startswith("//")]


def _addresses(text: str) -> Iterator[str]:
    for block in parse(text).tokens:
        for token in block.children or ():
            if token.type == "link_open":
                yield str(token.attrs.get("href", ""))
            elif token.type == "image":
                yield str(token.attrs.get("src", ""))
