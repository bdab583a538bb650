from django.utils import timezone

from community.facts.actions import action, record
from community.following.choices import Level
from community.following.facts import FollowingChanged
from community.following.models import WRITING, Follow
from community.members.models import Member


@action
def follow(member: Member, *, kind: str, target_id: int, level: Level) -> None:
    """At this level from now on. Whether she may see the thing is the caller's to ask. Records: FollowingChanged."""
    Follow.objects.update_or_create(
        member=member,
        kind=kind,
        target_id=target_id,
        defaults={"level": level, "is_automatic": False, "at": timezone.now()},
    )
    record(FollowingChanged(member.pk))


@action
def unfollow(member: Member, *, kind: str, target_id: int) -> None:
    """Nothing is chosen for it any more: what holds around it holds for it. Records: FollowingChanged."""
    if Follow.objects.filter(member=member, kind=kind, target_id=target_id).delete()[0]:
        record(FollowingChanged(member.pk))


@action
def follow_by_writing(member: Member, *, kind: str, target_id: int) -> None:
    """Who writes somewhere follows it, at the level she has set for that; what she chose there before stays."""
    chosen = {
        each.kind: each.level
        for each in Follow.objects.filter(member=member, kind__in=[kind, WRITING], target_id__in=[target_id, 0])
        if (each.kind, each.target_id) in ((kind, target_id), (WRITING, 0))
    }
    level = chosen.get(WRITING, Level.TRACKING)
    if kind not in chosen and level > Level.NORMAL:
        Follow.objects.bulk_create(
            [Follow(member=member, kind=kind, target_id=target_id, level=level, is_automatic=True)],
            ignore_conflicts=True,
        )


@action
def set_level_of_writing(member: Member, *, level: Level) -> None:
    """At which level she follows what she writes in, from now on. Records: FollowingChanged."""
    follow(member, kind=WRITING, target_id=0, level=level)
