"""How notices about posts read. Each speaks of one post."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from community.members.models import Member
from community.notifications.ports import NoticeKind, Shown, tells
from forums.models import Post
from forums.rules import seeable_posts


def _mentioned(post: Post) -> str:
    return pgettext("notice", "%(name)s mentioned you in “%(title)s”.") % _names(post)


def _replied(post: Post) -> str:
    return pgettext("notice", "%(name)s replied to you in “%(title)s”.") % _names(post)


def _answered(post: Post) -> str:
    return pgettext("notice", "%(name)s answered your question “%(title)s”.") % _names(post)


def _accepted(post: Post) -> str:
    return pgettext("notice", "Your answer to “%(title)s” was accepted.") % _names(post)


def _hidden(post: Post) -> str:
    return pgettext("notice", "Moderators hid your post in “%(title)s”. Their reason: %(reason)s") % {
        "title": post.thread.title,
        "reason": post.hidden_reason,
    }


def _restored(post: Post) -> str:
    return pgettext("notice", "Moderators show your post in “%(title)s” again.") % _names(post)


def _names(post: Post) -> dict[str, str]:
    gone = pgettext("author whose account is gone", "A former member")
    return {"name": post.author.name if post.author else gone, "title": post.thread.title}


def _kind(name: str, text: Callable[[Post], str], **still: Any) -> NoticeKind:
    """Params: still, what must hold of the post for the notice to be true."""

    def shown(viewer: Member, post_ids: Iterable[int]) -> dict[int, Shown]:
        posts = seeable_posts(viewer).filter(pk__in=post_ids, **still).select_related("thread", "author")
        return {post.pk: Shown(text=text(post), url=reverse("forums:post", args=[post.pk])) for post in posts}

    return tells(NoticeKind(name, shown))


MENTION = _kind("mention", _mentioned)
REPLY = _kind("reply", _replied)
ANSWER = _kind("answer", _answered)
ACCEPTED = _kind("accepted", _accepted, is_accepted=True)
HIDDEN = _kind("hidden", _hidden, hidden_at__isnull=False)
RESTORED = _kind("restored", _restored, hidden_at=None)
NEW_POST = [MENTION, REPLY, ANSWER]  # at most one of these a member a post
