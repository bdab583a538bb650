"""Files go: out of sight at once, out of the storage by a delivery."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from community.facts.actions import action, record
from community.files.actions.arriving import KEPT_UNATTACHED
from community.files.actions.rows import held_file
from community.files.choices import Purpose, State
from community.files.facts import FileBegun, FileDropped, FolderLeft
from community.files.models import StoredFile
from community.files.ports import is_wanted, tell_holder
from community.files.rules import can_delete_file
from community.members.actions import show_photo
from community.members.models import Member
from community.members.rulings import insist

LATE = timedelta(hours=1)  # no request and no delivery lasts so long


def drop(files: Iterable[StoredFile]) -> None:
    """For other actions; who shows these has to say so. Records: for each FileDropped; FolderLeft, for later."""
    for file in files:
        StoredFile.objects.filter(pk=file.pk).update(state=State.GONE, name="", alt="", held_by="", held_id=None)
        record(FileDropped(file.pk))
        record(FolderLeft(file.key), due_at=timezone.now() + LATE)


@action
def delete_file(file: StoredFile, *, by: Member) -> None:
    """Its owner takes it away, from wherever it is attached too. Records: FileDropped."""
    file = held_file(file.pk)
    insist(can_delete_file(by, file))
    drop([file])
    if file.purpose == Purpose.PHOTO:
        if by.photo == file.pk:
            show_photo(by, photo=None)
    else:
        tell_holder(file.held_by, file.held_id)


@action
def delete_photo(member: Member) -> None:
    """Initials stand in its place again."""
    drop_photos(member.pk)
    if member.photo is not None:
        show_photo(member, photo=None)


def drop_photos(owner_id: int, *, but: int | None = None) -> None:
    """All that she has uploaded as her photo, but one."""
    photos = StoredFile.objects.select_for_update(no_key=True).filter(owner=owner_id, purpose=Purpose.PHOTO)
    drop(photos.exclude(state=State.GONE).exclude(pk=but or 0).order_by("pk"))


@action
def drop_files_of(holder: str, held_id: int) -> None:
    """For a room whose thing ceases to be. Records: FileDropped for each."""
    files = StoredFile.objects.select_for_update(no_key=True).filter(held_by=holder, held_id=held_id)
    drop(files.exclude(state=State.GONE).order_by("pk"))


@action
def erase_files(member: Member) -> int:
    """All of a member's files, from wherever they are attached; for whoever erases her. Returns: how many."""
    files = StoredFile.objects.select_for_update(no_key=True).filter(owner=member).exclude(state=State.GONE)
    found = list(files.order_by("pk"))
    drop(found)
    for holder, held_id in sorted({(file.held_by, file.held_id) for file in found if file.held_id is not None}):
        tell_holder(holder, held_id)
    if Member.objects.filter(pk=member.pk, photo__isnull=False).exists():
        show_photo(member, photo=None)
    return len(found)


@action
def sweep_file(file_id: int) -> None:
    """A day after it began: what nobody attached goes, unless a draft still wants it. Then it is looked at again."""
    file = StoredFile.objects.select_for_update(no_key=True).filter(pk=file_id).exclude(state=State.GONE).first()
    if file is None or file.held_id is not None:
        return
    if file.owner_id and file.state != State.REFUSED and is_wanted(file.pk, owner_id=file.owner_id):
        record(FileBegun(file.pk), due_at=timezone.now() + KEPT_UNATTACHED)
    else:
        drop([file])


@action
def forget_file(file_id: int) -> None:
    """Its row, once its bytes are gone."""
    StoredFile.objects.filter(pk=file_id, state=State.GONE).delete()
