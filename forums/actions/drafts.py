"""What a member has begun to write. The device keeps it first; this is the copy for her other devices.

Where two devices wrote on from one draft, both texts are kept until she has chosen: the newest saved in order,
and beside it (`other`) what the other one sent.
"""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from community.facts.actions import action
from community.members.models import Member
from forums.models import Draft

KEPT_DISCARDED = timedelta(days=7)
Fields = dict[str, Any]


class DraftConflict(Exception):
    """Another device has saved this draft since. `draft` is what it saved."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(f"draft is at version {draft.version}")
        self.draft = draft


def save_draft(member: Member, *, place: str, fields: Fields, version: int, is_settled: bool = False) -> Draft:
    """Params: place, `thread:42`, `forum:7` or `post:9`; version, of the draft that was changed, 0 for a new one;
    is_settled, she has seen both texts and this is the one.

    Raises: DraftConflict where the draft kept is of another version and says something else; what was sent is
    kept beside it.
    """
    kept, is_saved = _save(member, place, fields, version, is_settled)
    if not is_saved:
        raise DraftConflict(kept)
    return kept


@action
def _save(member: Member, place: str, fields: Fields, version: int, is_settled: bool) -> tuple[Draft, bool]:
    kept = _held(member, place) or _begun(member, place, fields, version)
    if kept.fields != fields and kept.version != version:
        kept.other = fields
        kept.save(update_fields=["other"])
        return kept, False
    if kept.fields == fields and kept.other is None:
        return kept, True
    if kept.fields != fields:
        kept.fields, kept.version, kept.saved_at = fields, version + 1, timezone.now()
    if is_settled or kept.other == fields:
        kept.other = None
    kept.save(update_fields=["fields", "other", "version", "saved_at"])
    return kept, True


def _held(member: Member, place: str) -> Draft | None:
    kept = Draft.objects.select_for_update(no_key=True)
    return kept.filter(member=member, place=place, discarded_at=None).first()


def _begun(member: Member, place: str, fields: Fields, version: int) -> Draft:
    """A new one, also where the one that was changed has been sent or thrown away: no text is lost."""
    try:
        with transaction.atomic():
            return Draft.objects.create(member=member, place=place, fields=fields, version=version + 1)
    except IntegrityError:  # another device began it at the same time
        held = _held(member, place)
        if held is None:
            raise
        return held


@action
def settle_draft(draft: Draft, *, keep: str) -> Draft:
    """Of two texts, keep `this` one, the `other`, or `both`, one under the other."""
    held = Draft.objects.select_for_update(no_key=True).get(pk=draft.pk)
    if held.other is None:
        return held
    if keep == "other":
        held.fields = held.other
    elif keep == "both":
        held.fields = joined(held.fields, held.other)
    held.other, held.version, held.saved_at = None, held.version + 1, timezone.now()
    held.save(update_fields=["fields", "other", "version", "saved_at"])
    return held


def joined(fields: Fields, other: Fields) -> Fields:
    """One text under the other; of the other fields those of the first, where it has them."""
    bodies = [text for text in (fields.get("body", ""), other.get("body", "")) if text]
    return {**other, **{name: value for name, value in fields.items() if value}, "body": "\n\n".join(bodies)}


@action
def discard_draft(member: Member, place: str, *, typed: Fields | None = None) -> Draft | None:
    """It can be brought back for a week. Params: typed, what stood in the form: it may be newer than what is kept."""
    Draft.objects.filter(member=member, discarded_at__lt=timezone.now() - KEPT_DISCARDED).delete()
    held = _held(member, place)
    if held is None and not (typed or {}).get("body"):
        return None
    held = held or _begun(member, place, typed or {}, 0)
    held.fields, held.discarded_at = typed or held.fields, timezone.now()
    held.save(update_fields=["fields", "discarded_at"])
    return held


@action
def bring_draft_back(draft: Draft) -> Draft:
    """Where another was begun in its place meanwhile, it stands beside that one."""
    held = Draft.objects.select_for_update(no_key=True).get(pk=draft.pk)
    if held.discarded_at is None:
        return held
    begun = _held(held.member, held.place)
    if begun is None:
        held.discarded_at, held.version = None, held.version + 1
        held.save(update_fields=["discarded_at", "version"])
        return held
    begun.other = held.fields
    begun.save(update_fields=["other"])
    held.delete()
    return begun


def drop_draft(member: Member, place: str) -> None:
    """For other actions: what was begun here is sent."""
    Draft.objects.filter(member=member, place=place, discarded_at=None).delete()
