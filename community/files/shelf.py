"""The storage, by Django's own port: a directory, or S3 and its like. Paths are names here, never places on a disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import storages

PIECE_BYTES = 256 * 1024


def shelf() -> Any:
    return storages["default"]


def put(path: str, content: bytes | IO[bytes]) -> str:
    """In place of what stood there. Returns: the path under which it stands, which the storage may have changed."""
    shelf().delete(path)
    return str(shelf().save(path, ContentFile(content) if isinstance(content, bytes) else File(content)))


@contextmanager
def opened(path: str) -> Iterator[IO[bytes]]:
    """Raises: FileNotFoundError."""
    with shelf().open(path, "rb") as content:
        yield content


def pieces(path: str) -> Iterator[bytes]:
    with opened(path) as content:
        while piece := content.read(PIECE_BYTES):
            yield piece


def delete(path: str) -> None:
    """What is not there is no mistake."""
    shelf().delete(path)


def empty(folder: str) -> None:
    """All that stands under it, whatever put it there."""
    try:
        folders, names = shelf().listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        delete(f"{folder}/{name}")
    for inner in folders:
        empty(f"{folder}/{inner}")
    shelf().delete(folder)  # an empty directory, where the storage has such
