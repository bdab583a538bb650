"""What moderators do about a member. To suspend somebody is for administrators."""

from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from community.facts.actions import action, record
from community.members.actions import change_trust, end_other_places, let_back_in, silence, suspend, unsilence
from community.members.choices import Trust
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions.deciding import decide
from community.moderation.choices import SanctionKind
from community.moderation.facts import Sanctioned
from community.moderation.models import Decision, ReviewItem, Sanction
from community.moderation.queries.sanctions import standing_silences, standing_warnings
from community.moderation.rules import can_review, can_sanction


@action
def warn_author(thing: Model, *, by: Member, reason: str, category: str, item: ReviewItem) -> Decision:
    """She reads the reason; nothing else changes. Records: Sanctioned."""
    insist(can_review(by, item))
    decision = _decided(thing, "warn", by, reason, category, item)
    _sanction(decision, item.author, kind=SanctionKind.WARNING)
    return decision


@action
def take_warning_back(thing: Model, *, by: Member, reason: str, category: str, item: ReviewItem) -> Decision:
    """The inverse of `warn_author`: it was no reason to warn her. It does not count against her any more."""
    insist(can_review(by, item))
    decision = _decided(thing, "unwarn", by, reason, category, item)
    standing_warnings(item).update(lifted_at=timezone.now())
    return decision


@action
def silence_author(
    thing: Model, *, by: Member, reason: str, category: str, item: ReviewItem, days: int = 1
) -> Decision:
    """She reads and does not write, for so many days. Raises: NotAllowed. Records: Sanctioned, MemberSilenced."""
    author = item.author
    insist(can_sanction(by, author))
    decision = _decided(thing, "silence", by, reason, category, item)
    until = timezone.now() + timedelta(days=days)
    _sanction(decision, author, kind=SanctionKind.SILENCE, until=until)
    if author is not None:
        silence(author.pk, until=until, reason=reason, by_id=by.pk)
    return decision


@action
def lift_silence(member: Member, *, by: Member, reason: str, category: str = "", item: Any = None) -> Decision:
    """The inverse of `silence_author`. Params: item, where she asked about a pause that may be over by now.

    Raises: NotAllowed.
    """
    insist(can_sanction(by, member))
    decision = decide(member, deed="unsilence", by=by, reason=reason, category=category, concerns=member, item=item)
    standing_silences(member, item).update(lifted_at=timezone.now())
    unsilence(member.pk, by_id=by.pk)
    return decision


@action
def suspend_member(member: Member, *, by: Member, reason: str) -> Decision:
    """She is not shown, may not sign in, and is signed out wherever she was. Undone by `let_member_back_in`.

    Raises: NotAllowed. Records: MemberClosedOut, MemberSignedOut and a Decision.
    """
    suspend(member, by=by)
    end_other_places(member, but="")
    return decide(member, deed="suspend", by=by, reason=reason, concerns=member)


@action
def let_member_back_in(member: Member, *, by: Member, reason: str) -> Decision:
    """Raises: NotAllowed. Records: MemberLetBackIn and a Decision."""
    let_back_in(member, by=by)
    return decide(member, deed="let-in", by=by, reason=reason, concerns=member)


@action
def fix_trust(member: Member, *, to: Trust, by: Member, reason: str, is_fixed: bool = True) -> Decision:
    """Set by hand how far a member is trusted. Params: is_fixed, whether it then stays. Raises: NotAllowed."""
    insist(can_sanction(by, member))
    decision = decide(member, deed="trust", by=by, reason=reason, concerns=member)
    change_trust(member.pk, to=to, by_id=by.pk, is_fixed=is_fixed)
    return decision


def _decided(thing: Model, deed: str, by: Member, reason: str, category: str, item: ReviewItem) -> Decision:
    return decide(
        thing, deed=deed, by=by, reason=reason, category=category, scope=item.scope, concerns=item.author, item=item
    )


def _sanction(decision: Decision, author: Member | None, **fields: Any) -> None:
    if author is not None:
        made = Sanction.objects.create(member=author, decision=decision, **fields)
        record(Sanctioned(made.pk), streams=[f"member:{author.pk}"], actor_id=decision.by_id)
