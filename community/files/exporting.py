"""A member's files, for whoever gives her all her data. `erase_files` in the actions is its counterpart."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO, Any

from community.files import shelf
from community.files.models import StoredFile
from community.files.queries import files_of_member, used
from community.members.models import Member


@dataclass(frozen=True)
class Exported:
    """Params: about, plain values for JSON."""

    name: str
    about: dict[str, Any]
    file: StoredFile

    def content(self) -> AbstractContextManager[IO[bytes]]:
        """What we keep of it: of a picture the largest copy."""
        return shelf.opened(self.file.largest["path"])


def export_files(member: Member) -> Iterator[Exported]:
    """All that are ready, under names of which no two are alike."""
    for each in used(member, files_of_member(member)):
        file = each.file
        if file.is_ready:
            about = {
                "name": file.name,
                "type": file.media_type,
                "bytes": file.size,
                "sha256": file.sha256,
                "shows": file.alt,
                "uploaded": file.made_at.isoformat(),
                "used_at": each.place.address if each.place else "",
            }
            yield Exported(f"{file.pk}-{file.name}", about, file)
