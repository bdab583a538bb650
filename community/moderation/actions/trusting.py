"""Trust grows by itself, and falls only after decisions against."""

from datetime import timedelta

from django.utils import timezone

from community.facts.actions import action, record
from community.members.actions import change_trust
from community.members.choices import Trust
from community.members.models import Member
from community.moderation.facts import TrustDue
from community.moderation.models import Decision
from community.moderation.queries.trust import earned, standing_of, weighs_too_much

LOOKED_AT_EVERY = timedelta(days=1)


@action
def await_trust(member_id: int) -> None:
    """Look again tomorrow. Records: TrustDue."""
    record(TrustDue(member_id), due_at=timezone.now() + LOOKED_AT_EVERY)


@action
def review_trust(member_id: int, *, because_of: Decision | None = None) -> Trust | None:
    """Write the level that a member has come to, where it is another. None where she is gone or suspended.

    Params: because_of, a decision against her: by one level, where it is more than that level bears.
    """
    member = Member.objects.select_for_update(no_key=True).filter(pk=member_id, is_active=True).first()
    if member is None:
        return None
    now, level = Trust(member.trust), earned(standing_of(member))
    if level < now:
        level = Trust(now - 1) if because_of and weighs_too_much(because_of, member) else now
    if member.is_trust_fixed or level == now:
        return now
    change_trust(member.pk, to=level)
    return level
