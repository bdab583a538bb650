"""What waits for moderators: opened, claimed, left. Rows of items are locked after all of their rooms'."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import NotAllowed, insist
from community.moderation.choices import CLAIM_LASTS, SITE_WIDE, Cause, State
from community.moderation.facts import ReviewItemClaimed, ReviewItemMoved, ReviewItemOpened
from community.moderation.models import ReviewItem
from community.moderation.ports import PORTS, Moderated, Scope, kind_of
from community.moderation.rules import can_review, open_items


def open_item(kind: Moderated, thing: Any, *, cause: Cause) -> ReviewItem:
    """The open item about a thing, held; made where there is none. Inside an action. Records: ReviewItemOpened."""
    if item := held_item(kind.name, thing.pk):
        return item
    scope = kind.scope(thing)
    try:
        with transaction.atomic():
            item = ReviewItem.objects.create(
                kind=kind.name,
                target_id=thing.pk,
                scope_kind=scope.kind,
                scope_id=scope.id,
                language=kind.language(thing),
                author=kind.author(thing),
                cause=cause,
            )
    except IntegrityError:  # two report at once: the other one has committed
        return ReviewItem.objects.select_for_update(no_key=True).get(
            kind=kind.name, target_id=thing.pk, state=State.OPEN
        )
    record(ReviewItemOpened(item.pk), streams=streams_of(item))
    return item


def held_item(kind: str, target_id: int) -> ReviewItem | None:
    held = open_items().select_for_update(no_key=True).filter(kind=kind, target_id=target_id)
    return held.first()


def change_item(item: ReviewItem, **fields: Any) -> None:
    """Write these fields and step the version."""
    for name, value in fields.items():
        setattr(item, name, value)
    item.version += 1
    ReviewItem.objects.filter(pk=item.pk).update(version=F("version") + 1, **fields)


def streams_of(item: ReviewItem) -> list[str]:
    """`review`, which nobody watches by itself, and the own streams of those who decide on it.

    Each moderator's count is her own: one shared stream would tell those of one forum of another's.
    """
    ids = set(Member.objects.filter(Q(is_moderator=True) | Q(is_administrator=True)).values_list("pk", flat=True))
    if scope := PORTS.scopes.get(item.scope_kind):
        ids |= set(scope.moderators_of(item.scope_id))
    return ["review", *(f"member:{member_id}" for member_id in sorted(ids - {item.author_id}))]


@action
def watch(thing: Any) -> None:
    """Let moderators look at something that stands meanwhile. Records: ReviewItemOpened."""
    if kind := kind_of(thing):
        open_item(kind, thing, cause=Cause.WATCH)


@action
def claim(item: ReviewItem, *, by: Member) -> ReviewItem:
    """Tell other moderators who is looking, for 30 minutes. Raises: NotAllowed. Records: ReviewItemClaimed."""
    item = _held(item)
    insist(can_review(by, item))
    if item.is_claimed and item.claimed_by_id != by.pk:
        raise NotAllowed(pgettext("why not", "Another moderator is looking at this already."))
    return _claimed(item, by, {"claimed_by_id": by.pk, "claimed_until": timezone.now() + CLAIM_LASTS})


@action
def release(item: ReviewItem, *, by: Member) -> ReviewItem:
    """Records: ReviewItemClaimed."""
    item = _held(item)
    insist(can_review(by, item))
    if item.claimed_by_id != by.pk:
        raise NotAllowed(pgettext("why not", "You are not the one who is looking at this."))
    return _claimed(item, by, {"claimed_by_id": None, "claimed_until": None})


def _claimed(item: ReviewItem, by: Member, fields: dict[str, Any]) -> ReviewItem:
    if item.is_open:
        change_item(item, **fields)
        record(ReviewItemClaimed(item.pk), streams=streams_of(item), actor_id=by.pk)
    return item


def _held(item: ReviewItem) -> ReviewItem:
    return ReviewItem.objects.select_for_update(no_key=True).get(pk=item.pk)


@action
def rescope(kind: str, target_ids: Iterable[int], *, to: Scope) -> None:
    """These things stand elsewhere now, so others decide on what waits about them; what is asked about a sanction on
    the whole site stays with its moderators. Records: ReviewItemMoved.
    """
    here = open_items().exclude(appeals__decision__deed__in=SITE_WIDE)
    moved = here.select_for_update(no_key=True).filter(kind=kind, target_id__in=target_ids).order_by("pk")
    for item in moved:
        rescope_item(item, to=to)


def rescope_item(item: ReviewItem, *, to: Scope) -> None:
    """Others decide on it from now on. Inside an action, the item held. Records: ReviewItemMoved."""
    before = streams_of(item)
    change_item(item, scope_kind=to.kind, scope_id=to.id, claimed_by_id=None, claimed_until=None)
    record(ReviewItemMoved(item.pk), streams={*before, *streams_of(item)})
