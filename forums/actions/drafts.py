"""What a member has begun to write. The device keeps it first; this is the copy for her other devices."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from community.facts.actions import action
from community.members.models import Member
from forums.models import Draft


class DraftConflict(Exception):
    """Another device has saved this draft since. `draft` is what it saved."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(f"draft is at version {draft.version}")
        self.draft = draft


@action
def save_draft(member: Member, *, place: str, fields: dict[str, Any], version: int) -> Draft:
    """Params: place, `thread:42`, `forum:7` or `post:9`; version, of the draft that was changed, 0 for a new one.

    Raises: DraftConflict where the draft kept is of another version and says something else.
    """
    kept = _held(member, place) or _begun(member, place, fields, version)
    if kept.fields == fields:
        return kept
    if kept.version != version:
        raise DraftConflict(kept)
    kept.fields, kept.version, kept.saved_at = fields, version + 1, timezone.now()
    kept.save(update_fields=["fields", "version", "saved_at"])
    return kept


def _held(member: Member, place: str) -> Draft | None:
    return Draft.objects.select_for_update(no_key=True).filter(member=member, place=place).first()


def _begun(member: Member, place: str, fields: dict[str, Any], version: int) -> Draft:
    """A new one, also where the one that was changed has been sent or thrown away: no text is lost."""
    try:
        with transaction.atomic():
            return Draft.objects.create(member=member, place=place, fields=fields, version=version + 1)
    except IntegrityError:  # another device began it at the same time
        return Draft.objects.select_for_update(no_key=True).get(member=member, place=place)


@action
def discard_draft(member: Member, place: str) -> None:
    drop_draft(member, place)


def drop_draft(member: Member, place: str) -> None:
    """For other actions: what was begun here is sent."""
    Draft.objects.filter(member=member, place=place).delete()
