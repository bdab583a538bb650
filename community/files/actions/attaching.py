"""Files become part of something: a post, and whatever else a room gives files to."""

from collections.abc import Mapping, Sequence

from django.db.models import F, Max

from community.facts.actions import action
from community.files.actions.dropping import drop
from community.files.choices import Purpose, State
from community.files.models import StoredFile
from community.members.models import Member

FITTING = (State.PREPARING, State.READY)


@action
def attach_files(
    ids: Sequence[int], *, owner: Member, holder: str, held_id: int, alts: Mapping[int, str] | None = None
) -> tuple[int, bool]:
    """Let a thing have exactly these of its owner's files, in this order; what it had beside them is dropped.

    What is not hers, attached elsewhere, refused or gone is passed over. The thing's own room calls this inside the
    action that writes the thing, and steps its version where something changed.
    Params: alts, by file's id, what its picture shows. Returns: how many it has now, and whether anything changed.
    """
    own = StoredFile.objects.select_for_update(no_key=True).filter(owner=owner, purpose=Purpose.ATTACHMENT)
    had = {
        file.pk: file for file in own.filter(held_by=holder, held_id=held_id).exclude(state=State.GONE).order_by("pk")
    }
    free = own.filter(pk__in=set(ids) - set(had), held_id=None, state__in=FITTING).order_by("pk")
    fitting = had | {file.pk: file for file in free}
    kept = [fitting[pk] for pk in dict.fromkeys(ids) if pk in fitting]
    gone = [file for pk, file in had.items() if pk not in ids]
    drop(gone)
    changed = [_place(file, holder, held_id, position, (alts or {}).get(file.pk)) for position, file in enumerate(kept)]
    return len(kept), bool(gone) or any(changed)


def _place(file: StoredFile, holder: str, held_id: int, position: int, alt: str | None) -> bool:
    """Whether anything changed."""
    alt = file.alt if alt is None else alt
    wanted = (holder, held_id, position, alt)
    if (file.held_by, file.held_id, file.position, file.alt) == wanted:
        return False
    file.held_by, file.held_id, file.position, file.alt = wanted
    file.save(update_fields=["held_by", "held_id", "position", "alt"])
    return True


@action
def hand_on_files(held_id: int, *, holder: str, to: str) -> None:
    """What a thing held as one kind of holder it holds as another, behind what that holds already."""
    has = StoredFile.objects.filter(held_by=to, held_id=held_id).exclude(state=State.GONE)
    behind = (has.aggregate(last=Max("position"))["last"] or 0) + 1
    moving = StoredFile.objects.filter(held_by=holder, held_id=held_id).exclude(state=State.GONE)
    moving.update(held_by=to, position=F("position") + behind)


@action
def describe_file(file: StoredFile, *, alt: str) -> None:
    """What a picture shows, said before it is attached; afterwards its thing's own form says it."""
    StoredFile.objects.filter(pk=file.pk, held_id=None).update(alt=alt)
