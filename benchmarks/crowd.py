# ruff: noqa: E402 - models can be imported only once Django stands
"""Fills an empty database: `python -m benchmarks.crowd THREADS`. Prints as JSON where to find what.

Rows are made in bulk, but for one thread of 20 posts, which is written by the site's own actions.
"""

import json
import os
import sys
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.db.models import Count, Max, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.text.markdown import RENDERER_VERSION, render
from community.topics.models import Tag, TaggedThing
from forums.actions import open_thread, post_reply
from forums.choices import PostKind
from forums.models import Forum, ForumGroup, Post, Thread
from tests.factories.members import make_city, make_member

FORUMS, MEMBERS, BATCH = 4, 40, 5000  # so few forums that a list is full from 100 threads on
BODY = """The drains of the **lower town** filled within forty minutes, and the pumps stood dry because
nobody had the key to the fuel store. What we changed since:

- two keys, one with the night guard;
- a list of the *five* gullies that block first, walked before each warning;
- a photograph of the gauge at every visit, so that the figures can be trusted.

> We measured 62 mm in an hour where the design says 45.

Did anybody else write this into the contract for maintenance? See <https://example.org/contract>.
"""


def fill(threads: int) -> dict[str, Any]:
    city = make_city()
    members = [make_member(f"Member {n}", handle=f"member-{n}", city=city) for n in range(MEMBERS)]
    group = ForumGroup.objects.create(slug="floods", title_en="Floods")
    forums = [
        Forum.objects.create(group=group, slug=f"forum-{n}", title_en=f"Forum {n}", description_en="About floods.")
        for n in range(FORUMS)
    ]
    make_threads(threads - 1, forums, members)
    measured = open_thread(
        forum=forums[0], author=members[0], title="Keys of the fuel store", body=BODY, tags=["drains", "pumps"],
        language="en", token="opening",
    )  # fmt: skip
    for number in range(19):
        post_reply(measured, author=members[number], body=BODY, token=f"reply-{number}")
    count_forums()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    others = Thread.objects.exclude(pk=measured.pk).order_by("-pk")[:50]
    return {
        "thread": reverse("forums:thread", args=[measured.pk, measured.slug]),
        "forum": reverse("forums:forum", args=[forums[0].slug]),
        "replies": [reverse("forums:reply", args=[pk]) for pk in others.values_list("pk", flat=True)],
        "sessions": [session_of(member) for member in members],
    }


def make_threads(count: int, forums: list[Forum], members: list[Member]) -> None:
    """Each has an opening post and a reply, the newest 200 also two tags."""
    now, html = timezone.now(), render(BODY)
    common = {"body_markdown": BODY, "body_html": html, "renderer_version": RENDERER_VERSION, "language": "en"}
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        times = {n: now - timedelta(minutes=count - n) for n in numbers}
        with transaction.atomic():
            made = Thread.objects.bulk_create(
                Thread(
                    forum=forums[n % FORUMS], author=members[n % MEMBERS], title=f"Thread {n} on gullies",
                    slug="gullies", language="en",
                    opened_at=times[n], last_post_at=times[n], post_count=2, answer_count=1,
                )
                for n in numbers
            )  # fmt: skip
            Post.objects.bulk_create(
                Post(
                    thread=thread, author=members[(n + reply) % MEMBERS], written_at=times[n], token=f"{n}-{reply}",
                    kind=PostKind.REPLY if reply else PostKind.OPENING, **common,
                )
                for n, thread in zip(numbers, made, strict=True)
                for reply in (0, 1)
            )  # fmt: skip
    last_posts = Post.objects.filter(thread=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    Thread.objects.update(last_post_id=Subquery(last_posts))
    tags = [Tag.objects.create(name=name, slug=name) for name in ("gullies", "rain")]
    newest = Thread.objects.order_by("-pk").values_list("pk", flat=True)[:200]
    kind = ContentType.objects.get_for_model(Thread)
    TaggedThing.objects.bulk_create(
        TaggedThing(tag=tag, content_type=kind, object_id=pk) for pk in newest for tag in tags
    )


def count_forums() -> None:
    for forum in Forum.objects.annotate(count=Count("threads"), last=Max("threads__last_post_at")):
        Forum.objects.filter(pk=forum.pk).update(thread_count=forum.count, last_post_at=forum.last)


def session_of(member: Member) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    print(json.dumps(fill(int(sys.argv[1]))))
