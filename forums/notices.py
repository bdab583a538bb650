"""How notices about posts read. Each speaks of one post; several replies in one thread are told in one line."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import npgettext, pgettext

from community.following.ports import Card
from community.following.queries import cards_of
from community.members.models import Member
from community.notifications.ports import Cause, NoticeKind, Shown, tells
from forums.models import Bookmark, Post
from forums.queries.levels import what_is_watched
from forums.rules import seeable_posts

Many = Callable[[Post], Callable[[int], str]]


def _mentioned(post: Post) -> str:
    return pgettext("notice", "%(name)s mentioned you in “%(title)s”.") % _names(post)


def _mentions(post: Post) -> Callable[[int], str]:
    return lambda count: (
        npgettext(
            "notice of several mentions",
            "You were mentioned %(count)s time in “%(title)s”.",
            "You were mentioned %(count)s times in “%(title)s”.",
            count,
        )
        % {"count": count, "title": post.thread.title}
    )


def _replied(post: Post) -> str:
    return pgettext("notice", "%(name)s replied to you in “%(title)s”.") % _names(post)


def _replies(post: Post) -> Callable[[int], str]:
    return lambda count: (
        npgettext(
            "notice of several replies",
            "%(count)s new reply to you in “%(title)s”.",
            "%(count)s new replies to you in “%(title)s”.",
            count,
        )
        % {"count": count, "title": post.thread.title}
    )


def _commented(post: Post) -> str:
    return pgettext("notice", "%(name)s commented on an answer to your question “%(title)s”.") % _names(post)


def _comments(post: Post) -> Callable[[int], str]:
    return lambda count: (
        npgettext(
            "notice of several comments",
            "%(count)s new comment on answers to your question “%(title)s”.",
            "%(count)s new comments on answers to your question “%(title)s”.",
            count,
        )
        % {"count": count, "title": post.thread.title}
    )


def _responded(post: Post) -> str:
    return pgettext("notice", "%(name)s wrote to you about your request “%(title)s”.") % _names(post)


def _responses(post: Post) -> Callable[[int], str]:
    return lambda count: (
        npgettext(
            "notice of several posts about one's own request to other cities",
            "%(count)s new post about your request “%(title)s”.",
            "%(count)s new posts about your request “%(title)s”.",
            count,
        )
        % {"count": count, "title": post.thread.title}
    )


def _answered(post: Post) -> str:
    return pgettext("notice", "%(name)s answered your question “%(title)s”.") % _names(post)


def _answers(post: Post) -> Callable[[int], str]:
    return lambda count: (
        npgettext(
            "notice of several answers",
            "%(count)s new answer to your question “%(title)s”.",
            "%(count)s new answers to your question “%(title)s”.",
            count,
        )
        % {"count": count, "title": post.thread.title}
    )


def _accepted(post: Post) -> str:
    return pgettext("notice", "Your answer to “%(title)s” was accepted.") % _names(post)


def _hidden(post: Post) -> str:
    return pgettext("notice", "Moderators hid your post in “%(title)s”. Their reason: %(reason)s") % {
        "title": post.thread.title,
        "reason": post.hidden_reason,
    }


def _restored(post: Post) -> str:
    return pgettext("notice", "Moderators made your post in “%(title)s” visible again.") % _names(post)


def _written(post: Post) -> str:
    return pgettext("notice", "%(name)s wrote in “%(title)s”.") % _names(post)


def _writings(post: Post) -> Callable[[int], str]:
    return lambda count: (
        npgettext(
            "notice of several posts in a thread that one watches",
            "%(count)s new reply in “%(title)s”.",
            "%(count)s new replies in “%(title)s”.",
            count,
        )
        % {"count": count, "title": post.thread.title}
    )


def _opened(post: Post) -> str:
    return pgettext("notice", "%(name)s opened “%(title)s”.") % _names(post)


def _names(post: Post) -> dict[str, str]:
    gone = pgettext("author whose account is gone", "A former member")
    return {"name": post.author.name if post.author else gone, "title": post.thread.title}


def _kind(
    name: str, text: Callable[[Post], str], many: Many | None = None, *, is_state: bool = False, **still: Any
) -> NoticeKind:
    """Params: many, how several in one thread read; still, what must hold of the post for the notice to be true."""

    def shown(viewer: Member, post_ids: Iterable[int]) -> dict[int, Shown]:
        posts = seeable_posts(viewer).filter(pk__in=post_ids, **still).select_related("thread", "author")
        return {post.pk: _shown(post, text, many) for post in posts}

    return tells(NoticeKind(name, shown, is_state))


def _kind_of_watched(name: str, text: Callable[[Post], str], many: Many | None = None) -> NoticeKind:
    """As `_kind`, and says what she watches. Where she watches it no more, what she was told stands without that."""

    def shown(viewer: Member, post_ids: Iterable[int]) -> dict[int, Shown]:
        posts = list(seeable_posts(viewer).filter(pk__in=post_ids).select_related("thread__author", "author"))
        causes = _causes(viewer, posts)
        return {post.pk: _shown(post, text, many, causes.get(post.thread_id)) for post in posts}

    return tells(NoticeKind(name, shown))


def _shown(post: Post, text: Callable[[Post], str], many: Many | None, cause: Cause | None = None) -> Shown:
    return Shown(text=text(post), url=reverse("forums:post", args=[post.pk]), many=many and many(post), cause=cause)


def _causes(viewer: Member, posts: list[Post]) -> dict[int, Cause]:
    """By thread."""
    watched = what_is_watched(viewer, {post.thread_id: post.thread for post in posts}.values())
    cards = cards_of(viewer, set(watched.values()))
    return {thread_id: cause_of(thing[0], cards[thing]) for thread_id, thing in watched.items() if thing in cards}


def cause_of(kind: str, card: Card) -> Cause:
    if kind == "thread":
        return Cause(pgettext("why there is a notice", "Because you watch this thread"), card.url)
    words = pgettext("why there is a notice", "Because you watch “%(title)s”")
    return Cause(words % {"title": card.title}, card.url)


def _reminders(viewer: Member, bookmark_ids: Iterable[int]) -> dict[int, Shown]:
    """Of bookmarks that she has still, on posts that she sees still."""
    hers = Bookmark.objects.filter(member=viewer, pk__in=bookmark_ids, dropped_at=None).select_related("post__thread")
    seen = set(seeable_posts(viewer).filter(bookmarks__in=hers).values_list("pk", flat=True))
    return {mark.pk: _reminder(mark) for mark in hers if mark.post_id in seen}


def _reminder(mark: Bookmark) -> Shown:
    words = {"title": mark.post.thread.title, "note": mark.note}
    if mark.note:
        text = pgettext("notice", "You wanted to be reminded of “%(title)s”: %(note)s") % words
    else:
        text = pgettext("notice", "You wanted to be reminded of “%(title)s”.") % words
    return Shown(text=text, url=reverse("forums:post", args=[mark.post_id]))


MENTION = _kind("mention", _mentioned, _mentions)
REPLY = _kind("reply", _replied, _replies)
ANSWER = _kind("answer", _answered, _answers)
COMMENT = _kind("comment", _commented, _comments)
RESPONSE = _kind("response", _responded, _responses)
ACCEPTED = _kind("accepted", _accepted, is_accepted=True)
HIDDEN = _kind("hidden", _hidden, is_state=True, hidden_at__isnull=False)
RESTORED = _kind("restored", _restored, is_state=True, hidden_at=None)
WATCHED = _kind_of_watched("watched", _written, _writings)
OPENED = _kind_of_watched("opened", _opened)
REMINDER = tells(NoticeKind("reminder", _reminders))
DIRECT = [MENTION, REPLY, ANSWER, COMMENT, RESPONSE]  # at most one of these a member a post
NEW_POST = [*DIRECT, WATCHED, OPENED]
