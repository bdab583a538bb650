"""What Ana follows, has bookmarked and has begun to write."""

from datetime import datetime, timedelta
from typing import Any

from community.demo.reading import toml
from community.facts.actions import action
from community.following.actions import follow
from community.following.choices import Level
from community.members.models import City, Member
from community.topics.models import Tag
from forums.actions import bookmark, keep_bookmark, save_draft
from forums.choices import PostKind
from forums.models import Forum, Post, Thread

PLACES: dict[str, Any] = {"forum": Forum, "city": City, "tag": Tag}


@action
def load_following(members: dict[str, Member], *, now: datetime) -> None:
    plans = toml("following")
    reader = members[plans["reader"]]
    for plan in plans["follows"]:
        place = PLACES[plan["kind"]].objects.get(slug=plan["slug"])
        follow(reader, kind=plan["kind"], target_id=place.pk, level=Level[plan["level"].upper()])
    for plan in plans["bookmarks"]:
        _bookmark(reader, plan, now)
    for plan in plans["drafts"]:
        title = {"title": plan["heading"]} if "heading" in plan else {}
        save_draft(reader, place=_place(plan), fields={**title, "body": plan["body"]}, version=0)


def _bookmark(reader: Member, plan: dict[str, Any], now: datetime) -> None:
    post = Post.objects.select_related("thread__forum", "answer").get(
        thread__title=plan["title"], kind=PostKind.OPENING
    )
    bookmark(post, by=reader)
    if "note" in plan:
        remind_at = now + timedelta(days=plan["in_days"]) if "in_days" in plan else None
        keep_bookmark(post, by=reader, note=plan["note"], remind_at=remind_at)


def _place(plan: dict[str, Any]) -> str:
    if "forum" in plan:
        return f"forum:{Forum.objects.get(slug=plan['forum']).pk}"
    return f"thread:{Thread.objects.get(title=plan['title']).pk}"
