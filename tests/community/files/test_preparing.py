"""What becomes of a file that has arrived: looked at, scanned, made anew."""

import io
import socketserver
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from community.facts.listeners import HEAVY
from community.facts.models import Delivery
from community.facts.worker import time_limit
from community.files import pictures, scanning, shelf
from community.files.actions import attach_files, delete_file
from community.files.choices import Purpose, Refusal, State
from community.files.models import Part, StoredFile
from community.files.preparation import prepare_file
from community.files.scanning import ScannerAway
from community.files.words import refusal_words
from tests.factories.deliveries import deliver_all
from tests.factories.files import CSV, ELF, PDF, SVG, bomb, docx, gif, jpeg_with_gps, make_file, png
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
SECRETS = (b"CAMERA", b"PLACE", b"Exif", b"EXIF", b"XMP", b"ICCP")


def content_of(file: StoredFile, number: int = -1) -> bytes:
    return b"".join(shelf.pieces(file.copies[number]["path"]))


def test_a_picture_is_made_anew_in_sizes_upright_and_tells_no_place() -> None:
    file = make_file(make_member(), jpeg_with_gps(4000, 3000), name="IMG_0042.JPG")

    assert (file.state, file.kind, file.media_type, file.name) == ("ready", "image", "image/webp", "IMG_0042.webp")
    assert [(copy["width"], copy["height"]) for copy in file.copies] == [
        (480, 640),
        (960, 1280),
        (1920, 2560),
        (3000, 4000),
    ]
    assert file.size == sum(copy["bytes"] for copy in file.copies)
    for number in range(4):
        content = content_of(file, number)
        assert [secret for secret in SECRETS if secret in content] == []
        with Image.open(io.BytesIO(content)) as picture:
            assert (picture.format, dict(picture.getexif())) == ("WEBP", {})


def test_the_upload_that_told_the_place_is_gone(empty_shelf: Path) -> None:
    file = make_file(make_member(), jpeg_with_gps())

    kept = [path for path in empty_shelf.rglob("*") if path.is_file()]
    assert len(kept) == len(file.copies) == 2
    assert [path for path in kept if b"PLACE" in path.read_bytes()] == []
    assert Part.objects.count() == 0


def test_of_a_moving_picture_the_first_frame_stays() -> None:
    file = make_file(make_member(), gif(frames=5), name="flood.gif")

    with Image.open(io.BytesIO(content_of(file))) as picture:
        assert getattr(picture, "n_frames", 1) == 1
    assert file.name == "flood.webp"


def test_a_scan_in_grey_of_sixteen_bits_keeps_its_greys() -> None:
    scan = io.BytesIO()
    row = b"\x00\x40" * 150 + b"\x00\xc0" * 150
    Image.frombytes("I;16", (300, 100), row * 100).save(scan, "PNG")

    file = make_file(make_member(), scan.getvalue(), name="scan.png")

    with Image.open(io.BytesIO(content_of(file))) as picture:
        dark, light = (picture.convert("L").getpixel((x, 50)) for x in (50, 250))
    assert (dark, light) == (pytest.approx(0x40, abs=3), pytest.approx(0xC0, abs=3))


def test_a_transparent_drawing_stays_transparent() -> None:
    made = io.BytesIO()
    Image.new("RGBA", (600, 300), (10, 90, 90, 0)).save(made, "PNG")

    file = make_file(make_member(), made.getvalue(), name="map.png")

    with Image.open(io.BytesIO(content_of(file))) as picture:
        assert picture.mode == "RGBA"
        assert picture.getpixel((5, 5))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("name", ["plan.pdf", "plan.exe", "plan", "plan.pdf.js"])
def test_a_document_is_called_by_what_it_is(name: str) -> None:
    file = make_file(make_member(), PDF, name=name)

    assert file.name == {"plan.pdf.js": "plan.pdf.pdf"}.get(name, "plan.pdf")
    assert (file.kind, file.media_type, file.size) == ("document", "application/pdf", len(PDF))
    assert content_of(file) == PDF


@pytest.mark.parametrize(
    ("content", "name", "why", "word"),
    [
        (bomb(), "map.png", Refusal.TOO_MANY_PIXELS, "50 million pixels"),
        (SVG, "map.png", Refusal.DRAWING, "SVG drawings are not taken"),
        (ELF, "holiday.jpg", Refusal.PROGRAM, "This is a program, whatever its name says"),
        (docx({"word/vbaProject.bin": b"x"}), "letter.docx", Refusal.MACROS, "macros"),
        (png()[:300], "cut.png", Refusal.BROKEN, "damaged"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)), "noise.jpg", Refusal.BROKEN, "damaged"),
    ],
)
def test_what_is_refused_is_refused_in_words_and_not_kept(
    content: bytes, name: str, why: Refusal, word: str, empty_shelf: Path
) -> None:
    file = make_file(make_member(), content, name=name)

    assert (file.state, file.refusal) == (State.REFUSED, why)
    assert word in refusal_words(file)
    assert [path for path in empty_shelf.rglob("*") if path.is_file()] == []


def test_a_bomb_is_refused_before_it_is_decoded(settings: Any) -> None:
    """Its pixels would take 7.5 GB, and the darkroom has two."""
    settings.IMAGE_PIXELS = 40_000

    assert make_file(make_member(), png(201, 200)).refusal == Refusal.TOO_MANY_PIXELS
    assert make_file(make_member(), png(200, 200)).state == State.READY


def test_a_picture_may_have_fewer_bytes_than_a_document(settings: Any) -> None:
    settings.IMAGE_BYTES = 100

    assert make_file(make_member(), png()).refusal == Refusal.IMAGE_TOO_LARGE
    assert make_file(make_member(), PDF * 3).state == State.READY


def test_where_a_photo_is_wanted_a_document_will_not_do() -> None:
    assert make_file(make_member(), PDF, purpose=Purpose.PHOTO).refusal == Refusal.NOT_A_PICTURE


def test_preparing_twice_comes_to_the_same(empty_shelf: Path) -> None:
    file = make_file(make_member(), png(), is_prepared=False)

    prepare_file(file.pk)
    before = sorted(path.name for path in empty_shelf.rglob("*.webp"))
    prepare_file(file.pk)

    assert sorted(path.name for path in empty_shelf.rglob("*.webp")) == before == ["1200.webp", "480.webp", "960.webp"]


def test_a_file_that_was_prepared_when_the_power_went_is_prepared_again(empty_shelf: Path) -> None:
    """The copies stand in the storage, the row does not say so yet."""
    file = make_file(make_member(), png(), is_prepared=False)
    shelf.put(f"{file.key}/480.webp", b"half of one")

    deliver_all()

    file.refresh_from_db()
    assert file.state == State.READY
    with Image.open(io.BytesIO(content_of(file, 0))) as picture:
        assert picture.size == (480, 320)


def test_what_is_deleted_while_it_is_prepared_stays_deleted(empty_shelf: Path) -> None:
    ana = make_member()
    file = make_file(ana, png(), is_prepared=False)
    delete_file(file, by=ana)

    deliver_all()

    assert StoredFile.objects.count() == 0
    assert [path for path in empty_shelf.rglob("*") if path.is_file()] == []


# --- The virus scanner ---


class Clamd(socketserver.StreamRequestHandler):
    """Speaks clamd's protocol, and finds what it is told to look for."""

    def handle(self) -> None:
        assert self.rfile.read(len(b"zINSTREAM\0")) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
        found = b"EICAR" in content
        self.wfile.write(b"stream: Eicar-Test FOUND\0" if found else b"stream: OK\0")


@pytest.fixture
def clamd(settings: Any) -> Iterator[None]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        settings.VIRUS_SCAN = f"clamd://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


def test_clamd_is_asked_about_each_file(clamd: None) -> None:
    assert make_file(make_member(), PDF + b"EICAR").refusal == Refusal.INFECTED
    assert make_file(make_member(), CSV, name="a.csv").state == State.READY


def test_a_command_is_asked_where_one_is_named(settings: Any) -> None:
    looks = "import sys; sys.exit(b'EICAR' in sys.stdin.buffer.read())"
    settings.VIRUS_SCAN = f'{sys.executable} -c "{looks}"'

    assert make_file(make_member(), PDF + b"EICAR").refusal == Refusal.INFECTED
    assert make_file(make_member(), PDF).state == State.READY


@pytest.mark.parametrize("scanner", ["clamd://127.0.0.1:9", "/no/such/scanner", "/bin/false-no", "sh -c 'exit 2'"])
def test_without_a_verdict_a_file_waits_and_is_seen_by_nobody(settings: Any, scanner: str) -> None:
    file = make_file(make_member(), PDF, is_prepared=False)
    settings.VIRUS_SCAN = scanner

    with pytest.raises(ScannerAway):
        prepare_file(file.pk)
    deliver_all()

    file.refresh_from_db()
    [delivery] = Delivery.objects.filter(listener="community.files.listeners.prepare")
    assert (file.state, delivery.done_at, "ScannerAway" in delivery.error) == (State.PREPARING, None, True)
    settings.VIRUS_SCAN = ""
    prepare_file(file.pk)
    assert StoredFile.objects.get(pk=file.pk).state == State.READY


def test_a_slow_scanner_and_a_slow_picture_together_are_given_their_time() -> None:
    assert time_limit(HEAVY) / 2 > scanning.SECONDS + pictures.SECONDS


def test_attaching_while_it_is_prepared_is_attaching() -> None:
    ana = make_member()
    file = make_file(ana, png(), is_prepared=False)

    assert attach_files([file.pk], owner=ana, holder="nobody", held_id=1) == (1, True)

    deliver_all()
    assert StoredFile.objects.get().state == State.READY
