"""Polls, a summary, an edited post, and what tags mean."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from community.demo.reading import columns, thread_files, toml
from community.facts.actions import action
from community.members.models import Member
from community.polls.actions import PollPlan
from community.topics.actions import join_tags
from community.topics.models import Tag
from forums.actions import (
    close_thread_poll,
    curate_tag,
    edit_post,
    keep_thread_poll,
    pin_summary,
    vote_in_poll,
)
from forums.models import Post, Thread

CURATOR = "dee"


@action
def load_heads(members: dict[str, Member], *, now: datetime) -> None:
    plans, threads = toml("heads"), threads_by_file()
    for plan in plans["polls"]:
        load_poll(threads[plan["thread"]], plan, members, now=now)
    thread = threads[plans["summary"]["thread"]]
    ids = [0, *thread.posts.order_by("pk").values_list("pk", flat=True)]  # numbered from 1
    body = plans["summary"]["body"].strip().format(*ids)
    pin_summary(thread, by=members[plans["summary"]["by"]], body=body, language=thread.language)
    load_edits(threads[plans["edited"]["thread"]], plans["edited"])
    load_tags(members[CURATOR])


def threads_by_file() -> dict[str, Thread]:
    titles = {plan["title"]: Path(path).stem for path, plan in thread_files()}
    standing = Thread.objects.filter(title__in=titles).select_related("forum", "author")
    return {titles[thread.title]: thread for thread in standing}


def load_poll(thread: Thread, plan: dict[str, Any], members: dict[str, Member], *, now: datetime) -> None:
    asker = thread.author
    if asker is None:
        return
    closes_at = now + timedelta(days=plan["days_open"]) if "days_open" in plan else None
    terms = PollPlan(
        question=plan["question"],
        options=tuple(plan["options"]),
        is_multiple=plan.get("is_multiple", False),
        results=plan["results"],
        closes_at=closes_at,
    )
    poll = keep_thread_poll(thread, terms, by=asker)
    ids = [0, *poll.options.order_by("position").values_list("pk", flat=True)]  # numbered from 1
    for handle, choice in plan["votes"].items():
        vote_in_poll(thread, by=members[handle], option_ids=[ids[number] for number in choice])
    if plan.get("is_closed"):
        close_thread_poll(thread, by=asker)


def load_edits(thread: Thread, plan: dict[str, Any]) -> None:
    post = thread.posts.select_related("author", "thread__forum").order_by("pk")[plan["post"] - 1]
    for edit in plan["edits"]:
        post = edited(post, edit)


def edited(post: Post, edit: dict[str, str]) -> Post:
    if post.author is None:
        return post
    body = post.body_markdown.replace(edit["find"], edit["put"])
    return edit_post(post, by=post.author, body=body, reason=edit["reason"])


def load_tags(curator: Member) -> None:
    for name, plan in toml("tags").items():
        tag = Tag.objects.get(name=name)
        curate_tag(tag, by=curator, original_language="en", **columns("description", plan["description"]))
        for synonym in plan["synonyms"]:
            join_tags(tag, synonym)  # no moderator's decision: the log of those would be full of them
