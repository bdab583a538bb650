"""What the invented members have written, and how far Ana has read it."""

from datetime import datetime, timedelta
from typing import Any

from community.demo.files import load_files
from community.demo.reading import threads
from community.facts.actions import action
from community.members.models import Member
from forums.actions.importing import ImportedPost, ImportedThread, import_threads
from forums.actions.reading import mark_read
from forums.models import Forum, Thread

LEFT_UNREAD = 9  # of the latest threads, so that there is something new for Ana


@action
def load_threads(forums: dict[str, Forum], members: dict[str, Member], *, now: datetime) -> list[Thread]:
    return import_threads(_thread(plan, forums, members, now) for plan in threads())


def _thread(
    plan: dict[str, Any], forums: dict[str, Forum], members: dict[str, Member], now: datetime
) -> ImportedThread:
    opened_at = now - timedelta(days=plan["days_ago"])
    return ImportedThread(
        forum=forums[plan["forum"]],
        title=plan["title"],
        language=plan["language"],
        tags=tuple(plan["tags"]),
        posts=tuple(_post(post, plan["language"], members, opened_at) for post in plan["posts"]),
        is_pinned=plan.get("pinned", False),
        is_locked=plan.get("locked", False),
    )


def _post(post: dict[str, Any], language: str, members: dict[str, Member], opened_at: datetime) -> ImportedPost:
    return ImportedPost(
        author=members[post["author"]],
        body=post["body"].strip(),
        language=post.get("language", language),
        written_at=opened_at + timedelta(hours=post.get("hours_after", 0)),
        reply_to=post.get("reply_to"),
        comment_on=post.get("comment_on"),
        helpful_to=tuple(members[key] for key in post.get("helpful", ())),
        is_accepted=post.get("accepted", False),
        files=load_files(members[post["author"]], post.get("files", [])),
    )


@action
def read_most(member: Member, loaded: list[Thread]) -> None:
    """Let a member have read all but the latest: of every second of those she has read the beginning."""
    latest_first = sorted(loaded, key=lambda thread: thread.last_post_at, reverse=True)
    for number, thread in enumerate(latest_first):
        if number >= LEFT_UNREAD:
            mark_read(thread, member=member, up_to=thread.last_post_id)
        elif number % 2:
            posts = thread.posts.order_by("pk").values_list("pk", flat=True)
            mark_read(thread, member=member, up_to=posts[len(posts) // 2])
