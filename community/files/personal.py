from collections.abc import Iterator
from functools import partial

from django.utils.translation import pgettext_lazy

from community.files import shelf
from community.files.actions import erase_files
from community.files.choices import State
from community.files.models import Part, StoredFile
from community.files.queries import files_of_member
from community.members.models import Member
from community.personal.ports import By, Holding, Person, PersonalFile, holds, holds_nothing


def _forget(person: Person) -> None:
    if member := Member.objects.filter(pk=person.id).first():
        erase_files(member)


def _files(person: Person) -> Iterator[PersonalFile]:
    """What we keep of each: of a picture the largest copy."""
    for member in Member.objects.filter(pk=person.id):
        for file in files_of_member(member):
            if file.is_ready:
                content = partial(shelf.opened, file.largest["path"])
                is_packed = not file.media_type.startswith("text/")  # pictures, PDF and office documents are
                yield PersonalFile(f"{file.pk}-{file.name}", content, is_packed=is_packed)


holds_nothing("Bytes on their way; who sends them is declared with the file.", Part)
holds(
    Holding(
        StoredFile,
        pgettext_lazy("archive of one's data", "Your files"),
        hers=lambda person: StoredFile.objects.filter(owner_id=person.id).exclude(state=State.GONE),
        erase=By(_forget, "They go from wherever they are attached, and out of the storage by a delivery."),
        without=("key", "token", "copies"),
        files=_files,
    ),
)
