"""What a file is, by what is in it. Neither its name nor the browser's word is asked."""

import codecs
import re
from dataclasses import dataclass
from typing import IO

from community.files.choices import Kind, Refusal
from community.files.packages import type_of_package

HEAD_BYTES = 4096
TEXT_PIECE_BYTES = 256 * 1024
PROGRAMS = (
    *(b"\x7fELF", b"#!", b"\0asm", b"dex\n0", b"!<arch>", b"\xed\xab\xee\xdb", b"MSCF\0", b"L\0\0\0\x01\x14\x02\0"),
    *(b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"),
)
ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"Rar!\x1a", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"PK\x05\x06")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = re.compile(
    rb"\s*<(?:!doctype|!--|\?xml|\?php|%|html|head|title|body|script|style|iframe|svg|meta|link|a\b"
    rb"|div|p\b|br\b|h1|table|img|font|object|embed|form|base|math|rss|feed)",
    re.IGNORECASE,
)
SVG = re.compile(rb"<(?:!doctype\s+)?(?:[\w-]+:)?svg\b", re.IGNORECASE)
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True)
class Found:
    kind: Kind
    media_type: str
    extension: str


class NotTaken(Exception):
    """We take no such file. `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


IMAGES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
PDF = Found(Kind.DOCUMENT, "application/pdf", "pdf")
TEXT = Found(Kind.DOCUMENT, "text/plain", "txt")
TABLE = Found(Kind.DOCUMENT, "text/csv", "csv")


def found_in(content: IO[bytes]) -> Found:
    """Raises: NotTaken."""
    head = content.read(HEAD_BYTES)
    if found := found_at_start(head):
        return found
    content.seek(0)
    if head.startswith(b"PK\x03\x04"):
        packaged = type_of_package(content)
        if isinstance(packaged, Refusal):
            raise NotTaken(packaged)
        return Found(Kind.DOCUMENT, *packaged)
    return _text_in(content)


def found_at_start(head: bytes) -> Found | None:
    """What the first bytes tell; None where all of it must be read. Raises: NotTaken, for what no rest can mend."""
    if not head:
        raise NotTaken(Refusal.EMPTY)
    if refusal := _refusal_at_start(head):
        raise NotTaken(refusal)
    for magic, media_type in IMAGES.items():
        if head.startswith(magic):
            return Found(Kind.IMAGE, media_type, "webp")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Found(Kind.IMAGE, "image/webp", "webp")
    return PDF if head.startswith(b"%PDF-") else None


def _refusal_at_start(head: bytes) -> Refusal | None:
    bare = head.removeprefix(codecs.BOM_UTF8)
    if head.startswith(PROGRAMS) or bare.startswith(b"#!") or (head.startswith(b"MZ") and b"\0" in head[:64]):
        return Refusal.PROGRAM
    if head.startswith(ARCHIVES) or head[257:262] == b"ustar" or head[4:10] == b"1AY&SY":
        return Refusal.ARCHIVE
    if head.startswith(OLD_OFFICE):
        return Refusal.OLD_OFFICE
    if head[4:8] == b"ftyp":
        pictures = (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"hevc")
        return Refusal.PHONE_PICTURE if head[8:12] in pictures else Refusal.UNKNOWN
    if MARKUP.match(bare):
        return Refusal.DRAWING if SVG.search(bare) else Refusal.MARKUP
    return None


def _text_in(content: IO[bytes]) -> Found:
    """Plain text in UTF-8, UTF-16 with its mark, or an older code page of the West; a table where its lines say so."""
    first = content.read(TEXT_PIECE_BYTES)
    encoding = _encoding_of(first)
    decoder = codecs.getincrementaldecoder(encoding)()
    begins, piece = "", first
    while piece:
        try:
            text = decoder.decode(piece)
        except UnicodeDecodeError:
            raise NotTaken(Refusal.UNKNOWN) from None
        if CONTROLS.search(text):
            raise NotTaken(Refusal.UNKNOWN)
        if not begins:
            begins = text[:HEAD_BYTES]
        piece = content.read(TEXT_PIECE_BYTES)
    if refusal := _refusal_at_start(begins.lstrip("\ufeff").encode()):  # markup that UTF-16 had hidden
        raise NotTaken(refusal)
    return TABLE if _is_table(begins) else TEXT


def _encoding_of(first: bytes) -> str:
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(first)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _is_table(begins: str) -> bool:
    """Whether its first lines all have the same separators, at least one each."""
    lines = [line for line in begins.splitlines()[:20] if line.strip()]
    if len(begins) == HEAD_BYTES and len(lines) > 1:
        lines = lines[:-1]  # cut off
    if len(lines) < 2:
        return False
    bare = [re.sub(r'"[^"]*"', "", line) for line in lines]
    counts = ({line.count(separator) for line in bare} for separator in SEPARATORS)
    return any(len(found) == 1 and 0 not in found for found in counts)
