"""Forums and what is written in them, made by the house's own actions."""

import itertools
from typing import Any

from django.db.models import Model

from community.members.models import Member
from forums.actions import open_thread, open_thread_about, post_reply
from forums.choices import Audience, ForumKind
from forums.models import Forum, ForumGroup, Post, Thread
from tests.factories.members import make_member

_numbers = itertools.count(1)


def make_forum(slug: str = "", **fields: Any) -> Forum:
    """A discussion that everybody may read. Params: moderators, its own."""
    slug = slug or f"forum-{next(_numbers)}"
    group = fields.pop("group", None) or ForumGroup.objects.get_or_create(slug="themes", title="Themes")[0]
    moderators = fields.pop("moderators", [])
    texts = {"title_en": slug.replace("-", " ").capitalize(), "description_en": "What works and what failed."}
    forum = Forum.objects.create(slug=slug, group=group, **{**texts, **fields})
    forum.moderators.set(moderators)
    return forum


def make_question_forum(slug: str = "", **fields: Any) -> Forum:
    return make_forum(slug, kind=ForumKind.QUESTIONS, **fields)


def make_members_forum(slug: str = "", **fields: Any) -> Forum:
    return make_forum(slug, audience=Audience.MEMBERS, **fields)


def make_thread(forum: Forum | None = None, author: Member | None = None, **fields: Any) -> Thread:
    """A thread in English with an opening post."""
    number = next(_numbers)
    written = {
        "title": f"Drain {number}",
        "body": f"It overflows, {number} times a year.",
        "tags": [],
        "language": "en",
    }
    thread = open_thread(
        forum=forum or make_forum(),
        author=author or make_member(),
        **{**written, "token": f"thread-{number}", **fields},
    )
    return Thread.objects.select_related("forum").get(pk=thread.pk)


def make_thread_about(thing: Model, by: Member | None = None, *, forum: Forum | None = None, **fields: Any) -> Thread:
    """As a room above opens it."""
    written = {"title": "Drains at night", "body": "Ask here.", "language": "en"}
    thread = open_thread_about(thing, forum=forum or make_forum(), by=by or make_member(), **{**written, **fields})
    return Thread.objects.select_related("forum").get(pk=thread.pk)


def make_post(thread: Thread, author: Member | None = None, body: str = "We had this too.", **fields: Any) -> Post:
    """A reply, an answer in a forum of questions, a comment where `answer` is given."""
    post = post_reply(
        thread, author=author or make_member("Cai"), body=body, **{"token": f"post-{next(_numbers)}", **fields}
    )
    return Post.objects.select_related("thread__forum", "answer").get(pk=post.pk)


def opening_of(thread: Thread) -> Post:
    """The opening post of a thread that was made."""
    return Post.objects.select_related("thread__forum", "answer").get(thread=thread, kind="opening")
