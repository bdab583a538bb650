"""A file comes in parts, in their order; a lost line costs one of them."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from community.facts.actions import action, record
from community.files.actions.rows import held_file
from community.files.choices import Purpose, State
from community.files.facts import FileArrived, FileBegun
from community.files.models import Part, StoredFile
from community.files.rules import can_begin_file
from community.members.models import Member
from community.members.rulings import insist

KEPT_UNATTACHED = timedelta(days=1)


class OutOfOrder(Exception):
    """The part does not follow what is here. `file` says how much is."""

    def __init__(self, file: StoredFile) -> None:
        super().__init__(f"{file.received} of {file.size} bytes are here")
        self.file = file


@action
def begin_file(
    owner: Member, *, name: str, size: int, token: str, purpose: str = Purpose.ATTACHMENT, key: str = ""
) -> StoredFile:
    """A place for a file, before any of its bytes: what never becomes whole is swept with it.

    The same token again returns the one that is arriving, so that it can go on.
    Params: name, clean; size, in bytes; key, the folder its bytes are to stand in, where that has a name already.
    Raises: NotAllowed, with words for the member. Records: FileBegun, for later.
    """
    # The lock comes first: two files at once each found room for itself, and the same token made two.
    Member.objects.select_for_update(no_key=True).get(pk=owner.pk)
    if arriving := StoredFile.objects.filter(owner=owner, token=token, state=State.ARRIVING).first():
        return arriving
    insist(can_begin_file(owner, size=size))
    file = StoredFile.objects.create(
        owner=owner, name=name, size=size, token=token, purpose=purpose, key=key or uuid4().hex
    )
    record(FileBegun(file.pk), due_at=timezone.now() + KEPT_UNATTACHED)
    return file


@action
def take_part(file: StoredFile, *, offset: int, size: int, path: str) -> StoredFile:
    """Bytes that stand in the storage already. Raises: OutOfOrder, where they do not follow, are too many or none."""
    file = held_file(file.pk)
    if file.state != State.ARRIVING or offset != file.received or not 0 < size <= file.size - file.received:
        raise OutOfOrder(file)
    Part.objects.create(file=file, offset=offset, size=size, path=path)
    file.received += size
    file.save(update_fields=["received"])
    return file


@action
def finish_file(file: StoredFile) -> StoredFile:
    """Finishing twice is finishing once. Raises: OutOfOrder where something is missing. Records: FileArrived."""
    file = held_file(file.pk)
    if file.state != State.ARRIVING:
        return file
    if file.received < file.size:
        raise OutOfOrder(file)
    file.state = State.PREPARING
    file.save(update_fields=["state"])
    record(FileArrived(file.pk), actor_id=file.owner_id)
    return file
