"""What members have reported, and what moderators have decided so far: with the dates of long ago, and nobody told."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType

from community.demo.reading import toml
from community.facts.actions import action
from community.members.models import Member
from community.moderation.choices import Cause
from community.moderation.models import Decision, Report, ReviewItem
from forums.models import Post, Thread
from forums.scopes import scope_of

MODERATOR = "dee"


@action
def load_reviews(members: dict[str, Member], *, now: datetime) -> None:
    plans = toml("moderation")
    for plan in plans["decisions"]:
        _decided(plan, members[MODERATOR], now)
    for plan in plans["reports"]:
        _reported(plan, members[plan["by"]], now)


def _decided(plan: dict[str, Any], by: Member, now: datetime) -> None:
    post = _post(plan)
    target, scope = (post.thread if plan["deed"] == "lock" else post), scope_of(post.thread)
    Decision.objects.create(
        target_type=ContentType.objects.get_for_model(target),
        target_id=target.pk,
        deed=plan["deed"],
        reason=plan["reason"],
        category=plan["category"],
        scope_kind=scope.kind,
        scope_id=scope.id,
        concerns=post.author,
        by=by,
        at=now - timedelta(days=plan["days_ago"]),
    )


def _reported(plan: dict[str, Any], by: Member, now: datetime) -> None:
    post, at = _post(plan), now - timedelta(days=plan["days_ago"])
    scope = scope_of(post.thread)
    item, _ = ReviewItem.objects.get_or_create(
        kind="post",
        target_id=post.pk,
        defaults={
            "scope_kind": scope.kind,
            "scope_id": scope.id,
            "language": post.language,
            "author": post.author,
            "cause": Cause.REPORT,
            "opened_at": at,
        },
    )
    told = {"reason": plan["reason"], "note": plan["note"], "at": at}
    Report.objects.create(item=item, kind="post", target_id=post.pk, reporter=by, **told)


def _post(plan: dict[str, Any]) -> Post:
    thread = Thread.objects.get(title=toml(f"threads/{plan['thread']}")["title"])
    post: Post = thread.posts.select_related("thread", "author").order_by("pk")[plan["post"] - 1]
    return post
