"""Files: real small ones, made here, and stored by the house's own actions."""

import io
import itertools
import struct
import zipfile
import zlib
from typing import Any
from uuid import uuid4

from PIL import Image

from community.files import shelf
from community.files.actions import begin_file, finish_file, take_part
from community.files.models import StoredFile
from community.files.preparation import prepare_file
from community.members.models import Member

_numbers = itertools.count(1)
OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
CSV = b"station,level_mm\nTenggang,412\nBeringin,388\n"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ELF = b"\x7fELF\x02\x01\x01" + bytes(57)


def png(width: int = 1200, height: int = 800, colour: str = "teal", **options: Any) -> bytes:
    return _saved(Image.new("RGB", (width, height), colour), "PNG", **options)


def jpeg_with_gps(width: int = 1200, height: int = 800) -> bytes:
    """As a phone takes it, held upright: turned by a note, with the place and the telephone's name."""
    picture = Image.new("RGB", (width, height), "olive")
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn it by 90 degrees
    exif[0x010F] = "CAMERA-OF-ANA"
    exif.get_ifd(0x8825).update({1: "S", 2: (0.0, 13.0, 12.0), 3: "W", 4: (78.0, 30.0, 44.0)})
    return _saved(picture, "JPEG", exif=exif, comment=b"PLACE-0.22S")


def gif(frames: int = 3) -> bytes:
    pictures = [Image.new("P", (40, 40), number) for number in range(frames)]
    return _saved(pictures[0], "GIF", save_all=True, append_images=pictures[1:])


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A PNG of some kilobytes that says it has 2,500 million pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(3 * 1024 * 1024), 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(*each) for each in ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def package(entries: dict[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


def docx(
    extra: dict[str, bytes | str] | None = None, *, main: str = f"{OFFICE}wordprocessingml.document.main+xml"
) -> bytes:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    return package({"[Content_Types].xml": types, "word/document.xml": "<w:document/>", **(extra or {})})


def as_zip64(archive: bytes) -> bytes:
    """The same, whose ZIP64 record tells its real numbers, and whose end says that it holds one short entry."""
    end = len(archive) - 22
    count, length, at = struct.unpack("<HLL", archive[end + 10 : end + 20])
    record = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, at)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    return archive[:end] + record + locator + struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 1, 1, 60, at, 0)


def odt() -> bytes:
    return package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"})


def make_file(owner: Member, content: bytes = PDF, name: str = "plan.pdf", **fields: Any) -> StoredFile:
    """Uploaded and looked at. Params: purpose; is_prepared, False where it still waits for that."""
    is_prepared = fields.pop("is_prepared", True)
    file = begin_file(owner, name=name, size=len(content), token=uuid4().hex, **fields)
    path = shelf.put(f"{file.key}/parts/0", content)
    finish_file(take_part(file, offset=0, size=len(content), path=path))
    if is_prepared:
        prepare_file(file.pk)
    return StoredFile.objects.get(pk=file.pk)


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    made = io.BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()
