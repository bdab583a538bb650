"""Another process that writes into a site's database: python -m tests.flows.hand.

It reads one JSON list a line, `["hide", 5]`, and answers each with one of JSON, once it is committed.
"""

# ruff: noqa: E402 - models can be imported only once Django stands
import json
import sys
from typing import Any

import django

django.setup()

from django.contrib.sessions.models import Session
from django.test import Client

from community.facts.models import Stream, StreamEntry
from community.members.actions.circles import keep_circle
from community.members.actions.places import Use, end_place, note_uses
from community.members.actions.roles import suspend
from community.members.models import Group, Member, SignedInPlace
from community.notifications.actions import mark_all_read
from forums import actions
from forums.choices import Audience
from forums.models import Forum, Post, Thread
from tests.factories.forums import make_forum, make_post, make_question_forum, make_thread
from tests.factories.members import make_administrator, make_circle, make_member, make_moderator


def member(handle: str) -> Member:
    return Member.objects.get(handle=handle)


def session(handle: str) -> str:
    client = Client()
    client.force_login(member(handle))
    return str(client.cookies["sessionid"].value)


def begin() -> dict[str, Any]:
    """A forum of questions with a thread of Ana's, another forum, a closed one; and who is who."""
    make_moderator("Dee", handle="dee")
    make_administrator("Eve", handle="eve")
    # What moderators hide of theirs costs them no trust: none comes under the limits of new members in mid-evening.
    cast = [make_member(name, handle=name.lower(), is_trust_fixed=True) for name in ("Ana", "Bo", "Cai", "Fay")]
    questions, talk = make_question_forum("questions"), make_forum("talk")
    make_question_forum("elsewhere")
    closed = make_forum("closed", audience=Audience.GROUP, circle=make_circle("inner", *cast))
    asked = make_thread(questions, author=cast[0], title="Which sensors lived?")
    said = make_thread(talk, author=cast[1], title="Drains")
    inside = make_thread(closed, author=cast[0], title="Ours")
    for thread in (asked, said, inside):
        make_post(thread, author=cast[1], body="Ours did.")
    return {
        "threads": {"asked": asked.pk, "said": said.pk, "inside": inside.pk},
        "slugs": {"asked": asked.slug, "said": said.slug, "inside": inside.slug},
        "forums": {forum.slug: forum.pk for forum in Forum.objects.all()},
        "members": {each.handle: each.pk for each in Member.objects.all()},
        "sessions": {each.handle: session(each.handle) for each in Member.objects.all()},
    }


def more_members(count: int) -> dict[str, str]:
    """Sessions by handle."""
    circle = Group.objects.get(slug="inner")
    for number in range(count):
        circle.people.add(make_member(f"Gil {number}", handle=f"gil-{number}"))
    return {f"gil-{number}": session(f"gil-{number}") for number in range(count)}


def reply(thread_id: int, handle: str, body: str, token: str = "") -> int:
    thread = Thread.objects.select_related("forum").get(pk=thread_id)
    fields = {"token": token} if token else {}
    return make_post(thread, author=member(handle), body=body, **fields).pk


def hide(post_id: int) -> None:
    actions.hide_post(Post.objects.get(pk=post_id), by=member("dee"), reason="A test.")


def restore(post_id: int) -> None:
    actions.restore_post(Post.objects.get(pk=post_id), by=member("dee"), reason="A test.")


def remove_from_circle(handle: str) -> int:
    """Returns the head of the closed thread's stream at the moment of the removal."""
    circle = Group.objects.get(slug="inner")
    keep_circle(circle, people=[each for each in circle.people.all() if each.handle != handle])
    return head(f"thread:{Thread.objects.get(forum__slug='closed').pk}")


def let_in_again(handle: str) -> None:
    circle = Group.objects.get(slug="inner")
    keep_circle(circle, people=[*circle.people.all(), member(handle)])


def head(stream: str) -> int:
    return int(Stream.objects.filter(name=stream).values_list("head", flat=True).first() or 0)


def suspended(handle: str) -> None:
    suspend(member(handle), by=member("eve"))


def signed_out(key: str) -> None:
    """As her browser would do it."""
    Client(headers={"cookie": f"sessionid={key}", "host": "localhost"}).post("/account/logout/")


def place_ended(key: str) -> None:
    """From the list of places, in another browser of hers."""
    note_uses([Use(key, int(Session.objects.get(session_key=key).get_decoded()["_auth_user_id"]), "", "")])
    end_place(SignedInPlace.objects.get(session_key=key))


def notice(handle: str, post_id: int) -> None:
    from community.notifications.actions import notify
    from forums.notices import REPLY

    notify(member(handle).pk, REPLY, target_id=post_id, fact_id=post_id)


def notices_read(handle: str) -> None:
    mark_all_read(member(handle))


def vote(post_id: int, handle: str) -> None:
    actions.vote(Post.objects.get(pk=post_id), by=member(handle))


def forget_entries(stream: str) -> None:
    """As retention does after thirty days."""
    StreamEntry.objects.filter(stream=stream).delete()


DEEDS = {function.__name__: function for function in (
    begin, more_members, reply, hide, restore, remove_from_circle, let_in_again, head, suspended, signed_out,
    place_ended,
    notice, notices_read, vote, forget_entries,
)}  # fmt: skip

if __name__ == "__main__":
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(DEEDS[name](*arguments)), flush=True)
