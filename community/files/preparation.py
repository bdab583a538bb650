"""A file that has arrived is looked at, scanned and prepared. Done again after a crash it comes to the same."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from community.files import shelf
from community.files.actions import forget_parts, keep_prepared, refuse_file
from community.files.actions.settling import Prepared
from community.files.choices import Kind, Purpose, Refusal, State
from community.files.contents import Found, NotTaken, found_in
from community.files.models import Copy, Part, StoredFile
from community.files.pictures import copies_of
from community.files.scanning import is_infected


def prepare_file(file_id: int) -> None:
    """Raises: ScannerAway; what the storage raises."""
    file = StoredFile.objects.filter(pk=file_id).first()
    if file is not None and file.state == State.PREPARING:
        file = _settled(file)
    if file is not None and file.state in (State.READY, State.REFUSED):
        _clear_up(file)


def _settled(file: StoredFile) -> StoredFile | None:
    """None where it was deleted meanwhile."""
    try:
        return keep_prepared(file.pk, _prepared(file))
    except NotTaken as error:
        return refuse_file(file.pk, refusal=error.refusal)
    except StoredFile.DoesNotExist:
        shelf.empty(file.key)
        return None


def _prepared(file: StoredFile) -> Prepared:
    """Raises: NotTaken."""
    with _whole(file) as content:
        found, sha256 = found_in(content), _sha256(content)
        _insist_on_fit(file, found)
        content.seek(0)
        if is_infected(content):
            raise NotTaken(Refusal.INFECTED)
        if found.kind == Kind.IMAGE:
            copies = tuple(_pictures(file, Path(content.name)))
            return Prepared(found.kind, "image/webp", found.extension, sha256, copies)
        content.seek(0)
        path = shelf.put(f"{file.key}/whole", content)
        whole = Copy(width=0, height=0, bytes=file.size, path=path)
        return Prepared(found.kind, found.media_type, found.extension, sha256, (whole,))


def _insist_on_fit(file: StoredFile, found: Found) -> None:
    """Raises: NotTaken."""
    if file.purpose == Purpose.PHOTO and found.kind != Kind.IMAGE:
        raise NotTaken(Refusal.NOT_A_PICTURE)
    if found.kind == Kind.IMAGE and file.size > settings.IMAGE_BYTES:
        raise NotTaken(Refusal.IMAGE_TOO_LARGE)


def _pictures(file: StoredFile, source: Path) -> Iterator[Copy]:
    with copies_of(source, file.purpose) as made:
        for copy, path in made:
            with path.open("rb") as content:
                kept = shelf.put(f"{file.key}/{copy['name']}", content)
            yield Copy(width=copy["width"], height=copy["height"], bytes=path.stat().st_size, path=kept)


@contextmanager
def _whole(file: StoredFile) -> "Iterator[tempfile._TemporaryFileWrapper[bytes]]":
    """Its parts joined, on this machine's own disk: decoders and scanners want to walk about in it."""
    with tempfile.NamedTemporaryFile(prefix="frontline-file-") as whole:
        for part in Part.objects.filter(file=file):
            for piece in shelf.pieces(part.path):
                whole.write(piece)
        whole.flush()
        whole.seek(0)
        yield whole


def _sha256(content: "tempfile._TemporaryFileWrapper[bytes]") -> str:
    content.seek(0)
    return hashlib.file_digest(content, "sha256").hexdigest()


def _clear_up(file: StoredFile) -> None:
    """What is given out stays. Of a refused file nothing does."""
    shelf.empty(file.key if file.state == State.REFUSED else f"{file.key}/parts")
    forget_parts(file.pk)
