"""Another process that writes into a site's database: python -m tests.community.kept.hand.

It reads one JSON list a line, `["hide", 5]`, and answers each with one of JSON. Its bells reach no server
but through Redis.
"""

# ruff: noqa: E402 - models can be imported only once Django stands
import json
import sys
from typing import Any

import django

django.setup()

from django.test import Client

from community.members.models import Member
from forums.actions import hide_post, post_reply, restore_post
from forums.models import Post
from tests.factories.forums import make_post, make_thread
from tests.factories.members import make_member, make_moderator


def begin() -> dict[str, Any]:
    """A thread with a reply; and Dee, signed in."""
    make_moderator("Dee", handle="dee")
    thread = make_thread(author=make_member("Ana", handle="ana"), title="Drains")
    post = make_post(thread, body="The hidden word is gully.")
    client = Client()
    client.force_login(Member.objects.get(handle="dee"))
    return {"thread": thread.pk, "path": thread.slug, "post": post.pk, "session": client.cookies["sessionid"].value}


def hide(post_id: int) -> None:
    hide_post(Post.objects.get(pk=post_id), by=Member.objects.get(handle="dee"), reason="A test.")


def restore(post_id: int) -> None:
    restore_post(Post.objects.get(pk=post_id), by=Member.objects.get(handle="dee"), reason="A test.")


def reply(post_id: int, body: str) -> None:
    post = Post.objects.select_related("thread").get(pk=post_id)
    post_reply(post.thread, author=Member.objects.get(handle="ana"), body=body, token=body)


DEEDS = {"begin": begin, "hide": hide, "restore": restore, "reply": reply}

if __name__ == "__main__":
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(DEEDS[name](*arguments)), flush=True)
