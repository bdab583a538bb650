# ruff: noqa: E402 - models can be imported only once Django stands
"""Fills an empty database with posts to be searched: `python -m benchmarks.library POSTS`. Prints as JSON what to ask.

Rows are made in bulk, four posts a thread, in five languages; then all of them are indexed.
"""

import json
import os
import random
import sys
import time
from datetime import timedelta
from itertools import islice
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
django.setup()

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from benchmarks.crowd import count_forums, session_of
from benchmarks.words import texts
from community.members.models import Member
from community.search.generations import rebuild
from community.text.markdown import RENDERER_VERSION
from community.topics.models import Tag, TaggedThing
from forums.choices import PostKind
from forums.models import Forum, ForumGroup, Post, Thread
from tests.factories.members import make_city, make_member

FORUMS, MEMBERS, CITIES, TAGS, POSTS_OF_A_THREAD, BATCH = 8, 40, 90, 40, 4, 2_000
QUESTIONS, FIRST_WORDS = 200, 6  # words of a title


def fill(posts: int) -> dict[str, Any]:
    chance = random.Random(20)
    cities = [make_city(f"city-{n}", name_en=f"City {n}") for n in range(CITIES)]
    members = [make_member(f"Member {n}", handle=f"member-{n}", city=cities[n]) for n in range(MEMBERS)]
    group = ForumGroup.objects.create(slug="all", title_en="All")
    forums = [Forum.objects.create(group=group, slug=f"forum-{n}", title_en=f"Forum {n}") for n in range(FORUMS)]
    asked = make_posts(chance, posts, forums, members)
    Thread.objects.update(last_post_id=Subquery(last_posts()))
    count_forums()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    began = time.perf_counter()
    rebuild()
    replies = Thread.objects.order_by("-pk").values_list("pk", flat=True)[:50]
    return {
        "asked": chance.sample(asked, min(QUESTIONS, len(asked))),
        "sessions": [session_of(member) for member in members],
        "replies": [reverse("forums:reply", args=[pk]) for pk in replies],
        "rebuilt_seconds": time.perf_counter() - began,
    }


def make_posts(chance: random.Random, count: int, forums: list[Forum], members: list[Member]) -> list[str]:
    """Returns two words that stand in each thread."""
    tags = [Tag.objects.create(name=f"tag {number}", slug=f"tag-{number}") for number in range(TAGS)]
    kind, now, asked = ContentType.objects.get_for_model(Thread), timezone.now(), list[str]()
    rows = enumerate(texts(chance, count))
    while some := list(islice(rows, BATCH)):
        opening = [(n, language, words) for n, (language, words) in some if n % POSTS_OF_A_THREAD == 0]
        asked += [" ".join(words[FIRST_WORDS : FIRST_WORDS + 2]) for _, _, words in opening]
        with transaction.atomic():
            threads = Thread.objects.bulk_create(
                Thread(
                    forum=forums[n % FORUMS], author=members[n % MEMBERS], title=" ".join(words[:FIRST_WORDS]),
                    slug="-", language=language, opened_at=now - timedelta(minutes=count - n),
                    last_post_at=now - timedelta(minutes=count - n), post_count=POSTS_OF_A_THREAD,
                )
                for n, language, words in opening
            )  # fmt: skip
            Post.objects.bulk_create(
                Post(
                    thread=threads[at // POSTS_OF_A_THREAD], author=members[n * 7 % MEMBERS],
                    written_at=now - timedelta(minutes=count - n), token=str(n), language=language,
                    body_markdown=(body := " ".join(words)), body_html=f"<p>{body}</p>",
                    renderer_version=RENDERER_VERSION,
                    kind=PostKind.REPLY if n % POSTS_OF_A_THREAD else PostKind.OPENING,
                )
                for at, (n, (language, words)) in enumerate(some)
            )  # fmt: skip
            TaggedThing.objects.bulk_create(
                TaggedThing(tag=tags[thread.pk % TAGS], content_type=kind, object_id=thread.pk) for thread in threads
            )
    return asked


def last_posts() -> Any:
    return Post.objects.filter(thread=OuterRef("pk")).order_by("-pk").values("pk")[:1]


if __name__ == "__main__":
    print(json.dumps(fill(int(sys.argv[1]))))
