"""Trust grows by itself, and falls only after decisions against."""

from datetime import timedelta

from django.utils import timezone

from community.facts.actions import action, record
from community.members.actions import change_trust
from community.members.choices import Trust
from community.members.models import Member
from community.moderation.choices import NEEDS
from community.moderation.facts import TrustDue
from community.moderation.queries.trust import earned, standing_of

LOOKED_AT_EVERY = timedelta(days=1)


@action
def await_trust(member_id: int) -> None:
    """Look again tomorrow. Records: TrustDue."""
    record(TrustDue(member_id), due_at=timezone.now() + LOOKED_AT_EVERY)


@action
def review_trust(member_id: int, *, may_fall: bool = False) -> Trust | None:
    """Write the level that a member has come to, where it is another. None where she is gone or suspended.

    Params: may_fall, after a decision against her: by one level, where there are more than that level bears.
    """
    member = Member.objects.filter(pk=member_id, is_active=True).first()
    if member is None:
        return None
    now, standing = Trust(member.trust), standing_of(member)
    level = earned(standing)
    if level < now:
        is_too_much = now in NEEDS and standing.against > NEEDS[now].against_most
        level = Trust(now - 1) if may_fall and is_too_much else now
    if member.is_trust_fixed or level == now:
        return now
    change_trust(member.pk, to=level)
    return level
