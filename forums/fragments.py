"""A post as every viewer of one class sees it: nothing in it is the viewer's own."""

from collections.abc import Hashable

from django.template.loader import render_to_string

from community.live.fragments import KeptFragments
from community.members.rulings import Viewer
from forums.models import Forum, Post
from forums.rules import moderates

GUEST, MEMBER, MODERATOR = "guest", "member", "moderator"


def audience_class(viewer: Viewer, forum: Forum) -> str:
    """Which of the three renderings this viewer gets in this forum."""
    if not viewer.is_authenticated:
        return GUEST
    return MODERATOR if moderates(viewer, forum) else MEMBER


def _version(post: Post) -> Hashable:
    """All that the fragment shows. Needs `author__city` and `reply_to__author` fetched along."""
    author, quoted = post.author, post.reply_to.author if post.reply_to else None
    return (
        post.pk,
        post.version,
        author and (author.version, author.city and author.city.version),
        quoted and quoted.version,
    )


def _render(post: Post, language: str, audience: str) -> str:
    return render_to_string("forums/_post.html", {"post": post, "language": language, "audience": audience})


post_fragment = KeptFragments(_render, version=_version, size=20_000)
