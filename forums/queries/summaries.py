"""The summary at the head of a thread."""

from dataclasses import dataclass

from community.members.queries.shown import shown_of_member
from forums.models import Post, Summary, Thread
from forums.rules import shown_posts
from forums.summaries import linked_posts

LINKS_SHOWN = 12


@dataclass(frozen=True)
class ShownSummary:
    """Params: posts, those of the thread that it leads to, as far as all readers see them."""

    summary: Summary
    posts: tuple[Post, ...]


def shown_summary(thread: Thread) -> ShownSummary | None:
    """No query for a thread without one, else two."""
    if not thread.has_summary:
        return None
    summary = Summary.objects.select_related("by").get(thread=thread.pk)
    ids = linked_posts(summary.body_html)[:LINKS_SHOWN]
    posts = Post.objects.filter(shown_posts(), thread=thread.pk, pk__in=ids).select_related("author__city")
    found = {post.pk: post for post in posts.only("written_at", "thread_id", *shown_of_member("author__"))}
    return ShownSummary(summary, tuple(found[pk] for pk in ids if pk in found))


def last_summary(thread: Thread) -> Summary | None:
    """The one that is pinned, or was the last time."""
    return Summary.objects.filter(thread=thread).first()
