"""Commits a reply for each line it reads, and says when: python -m benchmarks.writer [begin]."""

# ruff: noqa: E402 - models can be imported only once Django stands
import json
import os
import sys
import time
import uuid

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
import django

django.setup()

from community.live.keep import heads_of
from community.live.streams import changes
from community.live.transport import Frame
from forums.actions import post_reply
from forums.models import Thread
from tests.factories.forums import make_post, make_thread
from tests.factories.members import make_member

WORDS = "word " * 60


def begin() -> None:
    thread = make_thread(author=make_member("Ana"))
    make_post(thread, body=WORDS)
    stream = f"thread:{thread.pk}"
    head = heads_of([stream])[stream]
    frame = Frame(changes(stream, head - 1, "en", "guest", head=head))
    print(json.dumps({"thread": thread.pk, "bytes": len(frame.payload)}))


def write() -> None:
    """`perf_counter` is one clock for all processes of a Linux machine."""
    thread = Thread.objects.select_related("forum", "author").get()
    print(heads_of([f"thread:{thread.pk}"])[f"thread:{thread.pk}"], flush=True)
    for _ in sys.stdin:
        post_reply(thread, author=thread.author, body=WORDS, language="en", token=uuid.uuid4().hex)
        print(time.perf_counter(), flush=True)


if __name__ == "__main__":
    begin() if "begin" in sys.argv else write()
