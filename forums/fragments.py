"""Posts, heads and rows as every viewer of one class sees them: no name is in them but their authors'."""

from collections.abc import Hashable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from community.live.fragments import KeptFragments
from community.members.rulings import Viewer
from community.text.markdown import RENDERER_VERSION, localised, render
from forums.models import Forum, Post, Summary, Thread
from forums.queries.summaries import ShownSummary, shown_summary
from forums.rules import moderates
from forums.summaries import in_language, summary_html
from i18n.languages import CODES, DEFAULT

GUEST, MEMBER, MODERATOR = "guest", "member", "moderator"
WITH_FORUM = "forum"  # lists over several forums name each


def audience_class(viewer: Viewer, forum: Forum) -> str:
    """Which of the three renderings this viewer gets in this forum."""
    if not viewer.is_authenticated:
        return GUEST
    return MODERATOR if moderates(viewer, forum) else MEMBER


def _version(post: Post) -> Hashable:
    """All that the fragment shows. Needs `author__city`, `reply_to__author` and `thread__forum` fetched along."""
    author, quoted = post.author, post.reply_to.author if post.reply_to else None
    return (
        post.pk,
        post.version,
        (post.thread.forum.kind, post.thread.audience),
        author and (author.version, author.city and author.city.version),
        quoted and quoted.version,
    )


def _render(post: Post, language: str, audience: str) -> str:
    prefix = "" if language == DEFAULT else f"/{language}"
    html = mark_safe(localised(html_of(post), prefix))  # noqa: S308 - sanitised by the renderer
    return render_to_string("forums/_post.html", {"post": post, "html": html, "audience": audience})


def html_of(post: Post) -> str:
    """As it was rendered when it was written, unless the renderer has changed since."""
    return post.body_html if post.renderer_version == RENDERER_VERSION else render(post.body_markdown)


post_fragment = KeptFragments(_render, version=_version, size=20_000)


def row_fragment(thread: Thread, language: str, *, show_forum: bool = False) -> str:
    """A thread's row in a list. Needs `forum`, `author__city` and `shown_tags` fetched along.

    What is the viewer's own in it, whether it is unread and how much is new, are two numbers that many share.
    """
    return _row(thread, language, WITH_FORUM if show_forum else "")


def _render_row(thread: Thread, language: str, forum: str) -> str:
    context = {"thread": thread, "language": language, "show_forum": bool(forum)}
    return render_to_string("forums/_thread_row.html", context)


def _row_version(thread: Thread) -> Hashable:
    """All that the row shows."""
    forum, city = thread.forum, thread.author.confirmed_city if thread.author else None
    return (
        thread.pk,
        thread.version,
        (thread.is_unread, thread.new_count),
        (forum.slug, forum.kind, forum.original_language, *(getattr(forum, f"title_{code}") for code in CODES)),
        city and (city.pk, city.version),
        tuple((tag.slug, tag.name) for tag in thread.shown_tags),
    )


_row = KeptFragments(_render_row, version=_row_version, size=20_000)


def head_fragment(thread: Thread, language: str) -> str:
    """The head of a thread's page, with its summary, the same for all who see the thread. Needs `forum`."""
    return _head(Head(thread, shown_summary(thread)), language, "")


@dataclass(frozen=True)
class Head:
    thread: Thread
    summary: ShownSummary | None


def _render_head(head: Head, language: str, audience: str) -> str:
    context = {"thread": head.thread, "language": language, "summary": head.summary}
    if head.summary:
        html = in_language(summary_html_of(head.summary.summary), language)
        context["summary_html"] = mark_safe(html)  # noqa: S308 - sanitised by the renderer
    return render_to_string("forums/_thread_head.html", context)


def summary_html_of(summary: Summary) -> str:
    """As it was rendered when it was written, unless the renderer has changed since."""
    is_current = summary.renderer_version == RENDERER_VERSION
    return summary.body_html if is_current else summary_html(summary.body_markdown)


def _head_version(head: Head) -> Hashable:
    """All that the head shows. What its tags mean steps the thread's own version."""
    forum = head.thread.forum
    titles = tuple(getattr(forum, f"title_{code}") for code in CODES)
    return (head.thread.pk, head.thread.version, forum.pk, forum.slug, forum.kind, titles, _names_in(head.summary))


def _names_in(shown: ShownSummary | None) -> Hashable:
    if shown is None:
        return None
    by = shown.summary.by
    authors = tuple((post.pk, post.author and post.author.version) for post in shown.posts)
    return (shown.summary.written_at, by and (by.pk, by.version), authors)


_head = KeptFragments(_render_head, version=_head_version, size=5_000)
