"""A post's row, with its text rendered."""

from hashlib import sha256
from typing import Any

from community.members.models import Member
from community.members.queries.people import members_called
from community.moderation.actions import watch
from community.text.markdown import RENDERER_VERSION, render
from community.text.mentions import handles_in
from forums.choices import PostKind
from forums.models import Offer, Post, Thread
from forums.rules import is_to_be_watched


def rendered(body: str) -> dict[str, Any]:
    """The fields of a post that follow from its text. Raises: TextTooHeavy."""
    mentioned = members_called(handles_in(body))
    names = {handle: member.name for handle, member in mentioned.items() if member.is_active}
    return {
        "body_markdown": body,
        "body_html": render(body, names=names),
        "renderer_version": RENDERER_VERSION,
    }


def write_post(
    thread: Thread, *, author: Member, kind: PostKind, body: str, language: str, token: str, **places: Post | None
) -> Post:
    """Params: places, `reply_to` and `answer`. Raises: IntegrityError where the author's token is taken."""
    return Post.objects.create(
        thread=thread, author=author, kind=kind, language=language, token=token, **rendered(body), **places
    )


def watch_newcomer(thing: Post | Offer, text: str, author: Member) -> None:
    """Let moderators look at the first that she writes, where it has several links. Params: text, its Markdown."""
    if is_to_be_watched(thing, text, author):
        watch(thing)


def token_in(place: str, token: str) -> str:
    """What the client's name for one submission is kept as: of this form only, `thread:42`, `forum:7`, `ask:7`."""
    return sha256(f"{place}\n{token}".encode()).hexdigest()


def post_of_token(author: Member, token: str) -> Post | None:
    """What this submission has made already. Params: token, as `token_in` gives it."""
    return Post.objects.select_related("thread").filter(author=author, token=token).first()
