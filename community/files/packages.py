"""Office documents are archives. Their list of contents is read; nothing is unpacked but two small leaves of it."""

import struct
import zipfile
from typing import IO

from community.files.choices import Refusal

MOST_ENTRIES, MOST_LISTED_BYTES = 5_000, 2 * 1024 * 1024
MOST_UNPACKED_BYTES = 1024**3  # as its list of contents says: whoever opens it unpacks it
LEAF_BYTES = 512 * 1024
END = b"PK\x05\x06"
END_BYTES = 22 + 65_535
LARGE_END, LARGE_END_BYTES = b"PK\x06\x07", 20  # of ZIP64, just before the end: it overrides what the end says
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
OFFICE_TYPES = {
    f"{OFFICE}wordprocessingml.document": "docx",
    f"{OFFICE}spreadsheetml.sheet": "xlsx",
    f"{OFFICE}presentationml.presentation": "pptx",
}
OPEN_TYPES = {f"{OPEN}text": "odt", f"{OPEN}spreadsheet": "ods", f"{OPEN}presentation": "odp", f"{OPEN}graphics": "odg"}
TYPES_LEAF = "[Content_Types].xml"
# Parts that run, in either family of formats.
ACTIVE = ("vbaproject.bin", "vbadata.xml", "/activex/", "/macrosheets/", "basic/", "scripts/", "/customui/")
FOREIGN = (".class", ".exe", ".dll", ".jar", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".scr", ".lnk", ".hta", ".svgz")
LOCKED = 1  # a bit of an entry's flags


def type_of_package(content: IO[bytes]) -> tuple[str, str] | Refusal:
    """Returns: its media type and extension, or why it is not taken."""
    if not _is_modest(content):
        return Refusal.BROKEN
    try:
        with zipfile.ZipFile(content) as package:
            return _type_of(package)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        struct.error,
    ):
        return Refusal.BROKEN


def _is_modest(content: IO[bytes]) -> bool:
    """Whether its list of contents is short enough to be read at all. No document of our size needs ZIP64."""
    size = content.seek(0, 2)
    content.seek(max(0, size - END_BYTES - LARGE_END_BYTES))
    tail = content.read()
    content.seek(0)
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + 22 or tail[:at][-LARGE_END_BYTES:].startswith(LARGE_END):
        return False
    entries, listed_bytes = struct.unpack("<HL", tail[at + 10 : at + 16])
    return bool(0 < entries <= MOST_ENTRIES and listed_bytes <= MOST_LISTED_BYTES)


def _type_of(package: zipfile.ZipFile) -> tuple[str, str] | Refusal:
    entries = package.infolist()
    names = [entry.filename.lower() for entry in entries]
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        return Refusal.BROKEN
    if min(entry.header_offset for entry in entries) != 0 or len(set(names)) < len(names):
        return Refusal.BROKEN  # something stands before the archive, or hides behind a name
    if any(entry.flag_bits & LOCKED for entry in entries):
        return Refusal.LOCKED
    found = _open_type(package, entries[0]) or _office_type(package)
    if isinstance(found, Refusal):
        return found
    if "meta-inf/manifest.mf" in names or any(name.endswith(FOREIGN) for name in names):
        return Refusal.PROGRAM
    if any(
        active in f"/{name}" if active.startswith("/") else _is_under(active, name)
        for name in names
        for active in ACTIVE
    ):
        return Refusal.MACROS
    return found


def _is_under(active: str, name: str) -> bool:
    return name.startswith(active) if active.endswith("/") else name.endswith(active)


def _open_type(package: zipfile.ZipFile, first: zipfile.ZipInfo) -> tuple[str, str] | None:
    """OpenDocument: the first entry is called `mimetype`, and is stored as it is."""
    if first.filename != "mimetype" or first.file_size > 200 or first.compress_type != zipfile.ZIP_STORED:
        return None
    media_type = package.read(first).decode("ascii", "replace").strip()
    return (media_type, OPEN_TYPES[media_type]) if media_type in OPEN_TYPES else None


def _office_type(package: zipfile.ZipFile) -> tuple[str, str] | Refusal:
    """Office Open XML: a leaf names the type of the main part."""
    if TYPES_LEAF not in package.namelist():
        return Refusal.ARCHIVE
    with package.open(TYPES_LEAF) as leaf:
        types = leaf.read(LEAF_BYTES + 1)
    if len(types) > LEAF_BYTES:
        return Refusal.BROKEN
    said = types.decode("utf-8", "replace").lower()
    if "macroenabled" in said or "vbaproject" in said or "activex" in said:
        return Refusal.MACROS
    for media_type, extension in OFFICE_TYPES.items():
        if f"{media_type}.main+xml" in said:
            return media_type, extension
    return Refusal.ARCHIVE
