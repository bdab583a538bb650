"""What a thread's page is made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.safestring import SafeString, mark_safe

from community.members.models import City
from community.members.rulings import Viewer
from community.text.excerpts import quote_of
from forums.choices import ForumKind
from forums.fragments import MODERATOR, audience_class, head_fragment, post_fragment
from forums.models import Post, Thread
from forums.places import place_of_post
from forums.queries import (
    Overlay,
    PostPage,
    decisions_on_thread,
    overlay,
    poll_on_page,
    post_for,
    read_up_to,
    standing_to_thread,
)
from forums.rules import can_lead, can_reply, is_shown, moderates
from i18n.times import in_readers_zone

DECISIONS_SHOWN = 10


@dataclass(frozen=True)
class Slot:
    """One post on the page: the shared fragment, and what is this viewer's own about it."""

    post: Post
    place: str
    html: SafeString
    classes: str
    is_first_unread: bool
    is_apart: bool  # she sees it, and others of her class do not


def slots(viewer: Viewer, thread: Thread, posts: list[Post], *, language: str) -> list[Slot]:
    audience, mine = audience_class(viewer, thread.forum), overlay(viewer, posts)
    read = read_up_to(viewer, thread)
    unread = next((post.pk for post in posts if read and post.pk > read), None)
    return [
        Slot(
            post=post,
            place=place_of_post(post),
            html=shown(post, language, audience_of(post, mine, audience), viewer),
            classes=classes_of(post, mine),
            is_first_unread=post.pk == unread,
            is_apart=audience != MODERATOR and not is_shown(post),
        )
        for post in posts
    ]


def audience_of(post: Post, mine: Overlay, audience: str) -> str:
    """The author of a post that others may not see reads it with its mark, as moderators do."""
    return MODERATOR if post.hidden_at and post.pk in mine.own else audience


def shown(post: Post, language: str, audience: str, viewer: Viewer) -> SafeString:
    html = post_fragment(post, language, audience)
    return mark_safe(in_readers_zone(html) if viewer.is_authenticated else html)  # noqa: S308 - rendered by our template


def classes_of(post: Post, mine: Overlay) -> str:
    marks = (("own", mine.own), ("voted", mine.voted), ("bookmarked", mine.bookmarked))
    return " ".join([*(name for name, ids in marks if post.pk in ids), post.kind])


def thread_context(request: HttpRequest, thread: Thread, page: PostPage) -> dict[str, Any]:
    viewer = request.user
    reply = can_reply(viewer, thread)
    moderator = moderates(viewer, thread.forum)
    language = getattr(request, "LANGUAGE_CODE", "en")
    return {
        "thread": thread,
        "head": shown_head(thread, language, viewer),
        "poll": poll_on_page(viewer, thread, language=language),
        "can_lead": can_lead(viewer, thread),
        "forum": thread.forum,
        "page": page,
        "slots": slots(viewer, thread, page.posts, language=language),
        "cities": cities_of(page.posts),
        "can_reply": reply,
        "standing": standing_to_thread(viewer, thread),
        "is_moderator": moderator,
        "decisions": list(decisions_on_thread(thread)[:DECISIONS_SHOWN]) if moderator else [],
        "is_own": thread.author_id == viewer.pk,
        "is_asker": moderator or thread.author_id == viewer.pk,
        "is_questions": thread.forum.kind == ForumKind.QUESTIONS,
        "last_shown_id": max((post.pk for post in page.posts), default=0),
    }


def shown_head(thread: Thread, language: str, viewer: Viewer) -> SafeString:
    html = head_fragment(thread, language)
    return mark_safe(in_readers_zone(html) if viewer.is_authenticated else html)  # noqa: S308 - rendered by our template


def cities_of(posts: Iterable[Post]) -> list[City]:
    """Where the authors are at home, each city once, in order of appearance."""
    at_home = (post.author.confirmed_city for post in posts if post.author)
    return list({city.pk: city for city in at_home if city}.values())


def quoted_body(request: HttpRequest, thread_id: int, *, before: str) -> dict[str, Any]:
    """What `?quote=`, `?reply_to=` or `?comment=` put into a begun reply."""
    for name, field in (("quote", "reply_to"), ("reply_to", "reply_to"), ("comment", "answer")):
        wanted = request.GET.get(name, "")
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 16:
            try:
                post = post_for(request.user, int(wanted))
            except Http404:  # hidden since the link was made
                return {}
            if post.thread_id != thread_id:
                return {}
            author = post.author.name if post.author else ""
            quote = quote_of(post.body_markdown, author) if name == "quote" else ""
            text = f"{before.rstrip()}\n\n{quote}".lstrip() if quote else before
            return {field: post.pk, "body": text}
    return {}
