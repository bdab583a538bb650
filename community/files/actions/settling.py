"""What became of a file that was looked at."""

from dataclasses import dataclass

from community.facts.actions import action
from community.files.actions.dropping import drop_photos
from community.files.actions.rows import held_file
from community.files.choices import Purpose, State
from community.files.models import Copy, Part, StoredFile
from community.files.names import named_for
from community.files.ports import tell_holder
from community.members.actions import show_photo
from community.members.models import Member

PHOTOS = "members.member"


@dataclass(frozen=True)
class Prepared:
    """Params: copies, standing in the storage, the smallest first."""

    kind: str
    media_type: str
    extension: str
    sha256: str
    copies: tuple[Copy, ...]


@action
def keep_prepared(file_id: int, prepared: Prepared) -> StoredFile:
    """It can be seen from now on by those who see what it is attached to. A photo is shown, and the one before goes."""
    file = held_file(file_id)
    if file.state != State.PREPARING:  # done by another worker, or dropped meanwhile
        return file
    file.state, file.kind, file.media_type = State.READY, prepared.kind, prepared.media_type
    file.sha256, file.copies = prepared.sha256, list(prepared.copies)
    file.name = named_for(file.name, prepared.extension)
    file.size = file.received = sum(copy["bytes"] for copy in prepared.copies)
    if file.purpose == Purpose.PHOTO and file.owner_id:
        file.held_by, file.held_id = PHOTOS, file.owner_id
    file.save()
    if file.purpose == Purpose.PHOTO and file.owner_id:
        _show(file, file.owner_id)
    else:
        tell_holder(file.held_by, file.held_id)
    return file


def _show(file: StoredFile, owner_id: int) -> None:
    drop_photos(owner_id, but=file.pk)
    show_photo(Member.objects.get(pk=owner_id), photo=file.pk)


@action
def refuse_file(file_id: int, *, refusal: str) -> StoredFile:
    """Its owner is told why, wherever she sees it. Its bytes go with the next look at it."""
    file = held_file(file_id)
    if file.state not in (State.ARRIVING, State.PREPARING):
        return file
    file.state, file.refusal = State.REFUSED, refusal
    file.save(update_fields=["state", "refusal"])
    tell_holder(file.held_by, file.held_id)
    return file


@action
def forget_parts(file_id: int) -> None:
    """Their rows, once their bytes are gone."""
    Part.objects.filter(file=file_id).delete()
