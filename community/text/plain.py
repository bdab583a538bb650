"""The words of rendered HTML, without their marks."""

from html import unescape

from django.utils.html import strip_tags


def plain(html: str) -> str:
    """For searching and for passages; not HTML: escape it as any text."""
    spaced = html.replace("</p>", "</p> ").replace("<br", " <br").replace("</li>", "</li> ").replace("</td>", "</td> ")
    return unescape(strip_tags(spaced))
