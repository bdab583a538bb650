"""Moderators' deeds are the rooms' own actions; each of them calls `decide` in its transaction."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rules import can_write
from community.members.rulings import insist
from community.moderation.actions.items import change_item, held_item, streams_of
from community.moderation.choices import ANSWERS, State
from community.moderation.facts import DECISIONS, Decided, ReviewItemDecided
from community.moderation.models import Decision, ReviewItem
from community.moderation.ports import PORTS, SITE, Deed, Scope, kind_of
from community.moderation.rules import can_decide_about, can_review


class Outdated(Exception):
    """Another moderator was faster: what was decided on is not what stands now. Nothing was done."""

    def __init__(self, item: ReviewItem) -> None:
        super().__init__(f"{item} has version {item.version}")
        self.item = item


@action
def decide(
    target: Model,
    *,
    deed: str,
    by: Member,
    reason: str,
    category: str = "",
    scope: Scope = SITE,
    concerns: Member | None = None,
    item: ReviewItem | None = None,
) -> Decision:
    """Keep what was done to the target, by whom and why; what was asked about it, and is hers to answer, is answered
    with that. Nobody decides about herself, on whatever page.

    Params: scope, where it stands; concerns, whose it is; item, which it answers, where that is about something
    else (a thread is locked because of one of its posts).
    Raises: NotAllowed. Records: Decided; ReviewItemDecided. The room records its own fact.
    """
    insist(can_write(by))
    insist(can_decide_about(by, concerns))
    answered = _answered(target, deed, by, item)
    decision = Decision.objects.create(
        target_type=ContentType.objects.get_for_model(target),
        target_id=target.pk,
        deed=deed,
        by=by,
        reason=reason,
        category=category,
        scope_kind=scope.kind,
        scope_id=scope.id,
        concerns=concerns,
        item=answered,
    )
    record(Decided(decision.pk), streams=[DECISIONS], actor_id=by.pk)
    if answered:
        change_item(answered, state=State.DECIDED, closed_at=timezone.now(), claimed_by_id=None, claimed_until=None)
        fact = ReviewItemDecided(answered.pk, decision.pk)
        record(fact, streams=streams_of(answered), actor_id=by.pk)
    return decision


def _answered(target: Model, deed: str, by: Member, item: ReviewItem | None) -> ReviewItem | None:
    if deed not in ANSWERS:
        return None
    if item is not None:
        held = held_item(item.kind, item.target_id)
    else:
        kind = kind_of(target)
        held = held_item(kind.name, target.pk) if kind else None
    return held if held and can_review(by, held) else None


@action
def dismiss(thing: Any, *, by: Member, reason: str, category: str = "", item: ReviewItem) -> Decision:
    """All stays as it is."""
    return decide(
        thing,
        deed="dismiss",
        by=by,
        reason=reason,
        category=category,
        scope=item.scope,
        concerns=item.author,
        item=item,
    )


@action
def decide_item(
    item: ReviewItem, thing: Any, *, deed: Deed, by: Member, version: int, reason: str, category: str = "", **more: Any
) -> Decision:
    """Do a deed because of what waits, as it stood at `version`.

    The item is not locked first: the rooms lock their rows before it. So it is looked at again afterwards, and where
    another was faster all is rolled back.
    Params: thing, None where it is gone; more, what this deed asks for beside.
    Raises: Outdated; NotAllowed.
    """
    before = ReviewItem.objects.get(pk=item.pk)
    insist(can_review(by, before))
    if not before.is_open or before.version != version:
        raise Outdated(before)
    last = Decision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    thing = PORTS.moderated[before.kind].model(pk=before.target_id) if thing is None else thing
    deed.act(thing, by=by, reason=reason, category=category, item=before, **more)
    made = Decision.objects.filter(item=before, by=by, pk__gt=last).first()
    if made is None:
        raise Outdated(ReviewItem.objects.get(pk=item.pk))
    return made
