"""Links to posts in summaries: `#post-12`, `/posts/12/` or a whole address, with words of one's own or bare."""

import re

from django.conf import settings

from community.text.markdown import render
from i18n.languages import CODES, DEFAULT

_PREFIXES = "|".join(code for code in CODES if code != DEFAULT)
_BARE = re.compile(r"(?<![\w(\[/])(#post-(\d{1,15})|/posts/(\d{1,15})/)(?![\w\])])")
_TO_POST = re.compile(
    rf'<a href="(?:#post-|(?:{re.escape(settings.PUBLIC_ORIGIN)})?(?:/(?:{_PREFIXES}))?/posts/)(\d{{1,15}})/?"'
)


def summary_html(body: str) -> str:
    """Rendered, its links to posts all in one form. Raises: TextTooHeavy."""
    linked = _BARE.sub(lambda found: f"[{found[1]}](/posts/{found[2] or found[3]}/)", body)
    return _TO_POST.sub(r'<a href="/posts/\1/"', render(linked))


def linked_posts(html: str) -> list[int]:
    """Ids of the posts that a rendered summary leads to, in order, each once."""
    return list(dict.fromkeys(int(post_id) for post_id in re.findall(r'<a href="/posts/(\d+)/"', html)))


def in_language(html: str, language: str) -> str:
    """Its links to posts under the language's prefix."""
    return html if language == DEFAULT else html.replace('<a href="/posts/', f'<a href="/{language}/posts/')
