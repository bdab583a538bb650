"""What a member has begun to write. The device keeps it first; this is the copy for her other devices.

Where two devices wrote on from one draft, both texts are kept until she has chosen: the newest saved in order,
and beside it (`other`) what the other one sent. A third text makes no second one go: that is set aside among those
discarded, where she finds it for a week.
"""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from community.facts.actions import action
from community.members.models import Member
from forums.models import Draft

KEPT_DISCARDED = timedelta(days=7)
LISTED = ("files", "tags")  # fields of several, parted by commas
LINES = ("title", "poll-question", "poll-options")  # of which a form holds one
Fields = dict[str, Any]


class DraftConflict(Exception):
    """Another device has saved this draft since. `draft` is what it saved."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(f"draft is at version {draft.version}")
        self.draft = draft


def save_draft(
    member: Member, *, place: str, fields: Fields, version: int, is_settled: bool = False, device: str = ""
) -> Draft:
    """Params: place, `thread:42`, `forum:7` or `post:9`; version, of the draft that was changed, 0 for a new one;
    is_settled, she has seen both texts and this is the one; device, as it calls itself.

    Raises: DraftConflict where the draft kept is of another version and says something else; what was sent is
    kept beside it.
    """
    kept, is_saved = _save(member, place, fields, version, is_settled, device)
    if not is_saved:
        raise DraftConflict(kept)
    return kept


@action
def _save(
    member: Member, place: str, fields: Fields, version: int, is_settled: bool, device: str
) -> tuple[Draft, bool]:
    kept = _held(member, place) or _begun(member, place, fields, version)
    if kept.fields != fields and kept.version != version:
        _put_beside(kept, fields, device)
        return kept, False
    if kept.fields == fields and kept.other is None:
        return kept, True
    if kept.fields != fields:
        kept.fields, kept.version, kept.saved_at = fields, version + 1, timezone.now()
    if is_settled or kept.other == fields:
        kept.other = None
    kept.save(update_fields=["fields", "other", "version", "saved_at"])
    return kept, True


def _put_beside(kept: Draft, fields: Fields, device: str) -> None:
    """What stood there is set aside, unless the same device writes on, or all of it stands in the new text."""
    if kept.other and not (device and device == kept.other_device) and not _stands_in(kept.other, fields):
        _set_aside(kept, kept.other)
    kept.other, kept.other_device = fields, device
    kept.save(update_fields=["other", "other_device"])


def _stands_in(fields: Fields, text: Fields) -> bool:
    return all(str(value) in str(text.get(name, "")) for name, value in fields.items() if name in ("body", *LINES))


def _set_aside(kept: Draft, fields: Fields) -> None:
    """She finds it among what she discarded, and may bring it back."""
    now = timezone.now()
    Draft.objects.create(member=kept.member, place=kept.place, fields=fields, saved_at=now, discarded_at=now)


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
    """One text under the other, with the files and tags of both. Of what a form holds but once, the first's stands in
    its place, and the other's above its text."""
    both = {**other, **{name: value for name, value in fields.items() if value}}
    lists = {name: _joined_list(fields.get(name, ""), other.get(name, "")) for name in LISTED if name in both}
    lines = [other[name] for name in LINES if other.get(name) and other[name] != both[name]]
    bodies = dict.fromkeys(text for text in (fields.get("body", ""), *lines, other.get("body", "")) if text)
    return {**both, **lists, "body": "\n\n".join(bodies)}


def _joined_list(one: str, other: str) -> str:
    values = [value.strip() for value in f"{one},{other}".split(",")]
    return ",".join(dict.fromkeys(value for value in values if value))


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
    _put_beside(begun, held.fields, "")
    held.delete()
    return begun


def drop_draft(member: Member, place: str, *, sent: str = "") -> None:
    """For other actions: what was begun here is sent. Of two texts the one that was not is set aside.

    Params: sent, the text as it was sent.
    """
    if (held := _held(member, place)) is None:
        return
    held.delete()
    for fields in (held.fields, held.other) if held.other else ():
        if (body := str(fields.get("body", "")).strip()) and body not in sent:
            _set_aside(held, fields)
