"""Files: one for a viewer, those of a thing, a member's own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from community.files.choices import Purpose, State
from community.files.models import StoredFile
from community.files.ports import HOLDERS, Place
from community.files.rules import can_see_file, is_own
from community.members.models import Member
from community.members.rulings import Viewer


@dataclass(frozen=True)
class Used:
    """One of a member's files, and where it is used: nowhere yet, or somewhere that she does not see any more."""

    file: StoredFile
    place: Place | None

    @property
    def is_out_of_sight(self) -> bool:
        return self.place is None and self.file.held_id is not None


def file_for(viewer: Viewer, file_id: int) -> StoredFile:
    """Raises: Http404 where there is none, none for this viewer, or none yet."""
    file = StoredFile.objects.filter(pk=file_id, state=State.READY).first()
    if file is None or not can_see_file(viewer, file):
        raise Http404
    return file


def own_file(viewer: Viewer, file_id: int) -> StoredFile:
    """In whatever state. Raises: Http404."""
    file = StoredFile.objects.filter(pk=file_id).exclude(state=State.GONE).first()
    if file is None or not is_own(viewer, file):
        raise Http404
    return file


def files_of_things(holder: str, ids: Iterable[int]) -> dict[int, list[StoredFile]]:
    """By the thing's id, in their order there. One query."""
    found: dict[int, list[StoredFile]] = defaultdict(list)
    files = StoredFile.objects.filter(held_by=holder, held_id__in=list(ids)).exclude(state=State.GONE)
    for file in files.order_by("held_id", "position", "pk"):
        found[file.held_id or 0].append(file)
    return found


def attachable(member: Member, ids: Iterable[int], *, holder: str, held_id: int | None) -> list[StoredFile]:
    """Of these files those that she may attach to this thing, or has attached to it, in this order.

    Params: held_id, None for a thing that is yet to be made.
    """
    wanted = list(dict.fromkeys(ids))
    files = StoredFile.objects.filter(pk__in=wanted, owner=member, purpose=Purpose.ATTACHMENT).exclude(state=State.GONE)
    fitting = {
        file.pk: file
        for file in files
        if file.held_id is None or (held_id is not None and (file.held_by, file.held_id) == (holder, held_id))
    }
    return [fitting[pk] for pk in wanted if pk in fitting]


def files_of_member(member: Member) -> QuerySet[StoredFile]:
    """The newest first."""
    return StoredFile.objects.filter(owner=member).exclude(state=State.GONE).order_by("-pk")


def used(member: Member, files: Iterable[StoredFile]) -> list[Used]:
    """One query a kind of holder."""
    shown = list(files)
    by_holder: dict[str, set[int]] = defaultdict(set)
    for file in shown:
        if file.held_id is not None:
            by_holder[file.held_by].add(file.held_id)
    places = {name: HOLDERS[name].shown(member, ids) for name, ids in by_holder.items() if name in HOLDERS}
    return [Used(file, places.get(file.held_by, {}).get(file.held_id or 0)) for file in shown]
