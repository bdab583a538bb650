"""One Atom feed a forum, as a guest may read it."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, override, pgettext

from community.live.keep import keep
from community.text.excerpts import excerpt
from forums.choices import Order
from forums.models import Forum, Post
from forums.queries import forum_for, forum_id_of, opening_posts, thread_page_of_forum
from i18n.languages import DEFAULT
from i18n.texts import said

EXCERPT_LENGTH = 400  # characters


class ForumFeed(Feed):
    """RFC 4287. The newest threads first."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str) -> Forum:
        keep(request, f"forum:{forum_id_of(slug)}")
        return forum_for(AnonymousUser(), slug)

    def title(self, forum: Forum) -> str:
        name = said(forum, "title", get_language() or DEFAULT).text
        return pgettext("feed title", "%(forum)s · %(site)s") % {"forum": name, "site": settings.SITE_NAME}

    def subtitle(self, forum: Forum) -> str:
        return said(forum, "description", get_language() or DEFAULT).text

    def link(self, forum: Forum) -> str:
        return absolute(reverse("forums:forum", args=[forum.slug]))

    def feed_url(self, forum: Forum) -> str:
        return absolute(reverse("forums:feed", args=[forum.slug]))

    def items(self, forum: Forum) -> list[Post]:
        """The opening posts: the feed object is shared by all requests, so it keeps nothing of its own."""
        threads = thread_page_of_forum(AnonymousUser(), forum, order=Order.NEWEST, tag=None, page=1).threads
        openings = opening_posts(threads)
        for thread in threads:
            openings[thread.pk].thread = thread
        return [openings[thread.pk] for thread in threads]

    def item_title(self, post: Post) -> str:
        return post.thread.title

    def item_description(self, post: Post) -> str:
        """Readers of feeds take a summary for HTML."""
        return escape(excerpt(post.body_markdown, EXCERPT_LENGTH))

    def item_link(self, post: Post) -> str:
        return absolute(reverse("forums:thread", args=[post.thread_id, post.thread.slug]))

    def item_guid(self, post: Post) -> str:
        """RFC 4287, 4.2.6: for good, whatever the title becomes and in whichever language the feed is read."""
        with override(DEFAULT):
            return absolute(reverse("forums:thread-short", args=[post.thread_id]))

    def item_author_name(self, post: Post) -> str | None:
        return post.author.name if post.author else None

    def item_pubdate(self, post: Post) -> Any:
        return post.written_at

    def item_updateddate(self, post: Post) -> Any:
        return post.thread.last_post_at

    def item_categories(self, post: Post) -> list[str]:
        return [tag.name for tag in post.thread.shown_tags]


def absolute(path: str) -> str:
    return f"{settings.PUBLIC_ORIGIN}{path}"
