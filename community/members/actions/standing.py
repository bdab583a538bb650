"""How a member stands in the community: rows only. Who may decide it, and why, is for `community.moderation` to say."""

from datetime import datetime

from community.facts.actions import action, record
from community.members.choices import Trust
from community.members.facts import MemberSilenced, MemberTrustChanged, MemberUnsilenced
from community.members.models import Member


@action
def change_trust(member_id: int, *, to: Trust, by_id: int | None = None, is_fixed: bool | None = None) -> Member:
    """Records MemberTrustChanged where it moved. Params: is_fixed, whether it stays so; None leaves that."""
    member = Member.objects.select_for_update(no_key=True).get(pk=member_id)
    before, member.trust = member.trust, to
    if is_fixed is not None:
        member.is_trust_fixed = is_fixed
    member.save(update_fields=["trust", "is_trust_fixed"])
    if before != to:
        fact = MemberTrustChanged(member.pk, level=int(to), before=before)
        record(fact, streams=[f"member:{member.pk}"], actor_id=by_id)
    return member


@action
def silence(member_id: int, *, until: datetime, reason: str, by_id: int | None) -> None:
    """Records MemberSilenced."""
    Member.objects.filter(pk=member_id).update(silenced_until=until, silenced_reason=reason)
    record(MemberSilenced(member_id), streams=[f"member:{member_id}"], actor_id=by_id)


@action
def unsilence(member_id: int, *, by_id: int | None) -> None:
    """Records MemberUnsilenced."""
    Member.objects.filter(pk=member_id).update(silenced_until=None, silenced_reason="")
    record(MemberUnsilenced(member_id), streams=[f"member:{member_id}"], actor_id=by_id)
