"""What a file is, by what is in it."""

import io
import struct
import zipfile

import pytest

from community.files import packages
from community.files.choices import Refusal
from community.files.contents import NotTaken, found_in
from tests.factories.files import CSV, ELF, OFFICE, PDF, SVG, as_zip64, docx, gif, odt, package, png

MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
JAR = {"META-INF/MANIFEST.MF": "Main-Class: A", "A.class": b"\xca\xfe\xba\xbe"}


def type_of(content: bytes) -> tuple[str, str]:
    found = found_in(io.BytesIO(content))
    return found.media_type, found.extension


def refusal_of(content: bytes) -> Refusal:
    with pytest.raises(NotTaken) as refused:
        found_in(io.BytesIO(content))
    return refused.value.refusal


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PDF, ("application/pdf", "pdf")),
        (CSV, ("text/csv", "csv")),
        ("année;température\n2024;39,5\n".encode("cp1252"), ("text/csv", "csv")),
        ("المحطة,المنسوب\nأ,٤١٢\n".encode("utf-16"), ("text/csv", "csv")),
        (b"Minutes of the meeting, in short.\nWe agreed.", ("text/plain", "txt")),
        (b"MZ,Mozambique\nEC,Ecuador\n", ("text/csv", "csv")),
        (png(), ("image/png", "webp")),
        (gif(), ("image/gif", "webp")),
        (docx(), (f"{OFFICE}wordprocessingml.document", "docx")),
        (docx(main=f"{OFFICE}spreadsheetml.sheet.main+xml"), (f"{OFFICE}spreadsheetml.sheet", "xlsx")),
        (odt(), ("application/vnd.oasis.opendocument.text", "odt")),
    ],
    ids=["pdf", "csv", "csv-1252", "csv-utf16", "text", "mozambique", "png", "gif", "docx", "xlsx", "odt"],
)
def test_what_we_take_is_known_by_its_content(content: bytes, expected: tuple[str, str]) -> None:
    assert type_of(content) == expected


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (SVG, Refusal.DRAWING),
        (b"\xef\xbb\xbf  <svg onload=alert(1)>", Refusal.DRAWING),
        (b"<!-- harmless --><svg/>", Refusal.DRAWING),
        ("<svg onload=alert(1)>".encode("utf-16"), Refusal.DRAWING),
        (b"\n<!DOCTYPE html><script>alert(1)</script>", Refusal.MARKUP),
        (b"<script>alert(1)</script>", Refusal.MARKUP),
        (b'<?xml version="1.0"?><rss/>', Refusal.MARKUP),
        (ELF, Refusal.PROGRAM),
        (b"MZ\x90\x00\x03" + bytes(100), Refusal.PROGRAM),
        (b"#!/bin/sh\nrm -r /\n", Refusal.PROGRAM),
        (docx({"word/vbaProject.bin": b"x"}), Refusal.MACROS),
        (docx(main=MACRO_TYPE), Refusal.MACROS),
        (
            package({"mimetype": "application/vnd.oasis.opendocument.text", "Basic/Standard/x.xml": "Sub"}),
            Refusal.MACROS,
        ),
        (docx(JAR), Refusal.PROGRAM),
        (package(JAR), Refusal.ARCHIVE),
        (package({"a.txt": "a"}), Refusal.ARCHIVE),
        (b"\x1f\x8b\x08" + bytes(40), Refusal.ARCHIVE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Refusal.OLD_OFFICE),
        (b"\0\0\0\x18ftypheic" + bytes(20), Refusal.PHONE_PICTURE),
        (b"\0\0\0\x18ftypmp42" + bytes(20), Refusal.UNKNOWN),
        (b"some text and then\0more", Refusal.UNKNOWN),
        (b"", Refusal.EMPTY),
        (b"PK\x03\x04 and nothing more", Refusal.BROKEN),
    ],
)
def test_what_we_do_not_take_is_named(content: bytes, why: Refusal) -> None:
    assert refusal_of(content) == why


def test_an_archive_with_something_before_it_is_no_document() -> None:
    hidden = docx()
    moved = b"PK\x03\x04" + bytes(60) + hidden

    assert refusal_of(moved) == Refusal.BROKEN


def test_two_entries_of_one_name_are_no_document() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        made = io.BytesIO(docx())
        with zipfile.ZipFile(made, "a") as archive:
            archive.writestr("word/document.xml", "<another/>")

    assert refusal_of(made.getvalue()) == Refusal.BROKEN


def test_a_list_of_contents_that_would_fill_the_memory_is_not_read() -> None:
    crowded = package({"[Content_Types].xml": "<Types/>", **{f"word/{number}.xml": "" for number in range(5_001)}})

    assert refusal_of(crowded) == Refusal.BROKEN


def test_the_larger_form_of_zip_does_not_hide_such_a_list() -> None:
    crowded = as_zip64(docx({f"word/{number}.xml": "" for number in range(5_001)}))
    with zipfile.ZipFile(io.BytesIO(crowded)) as archive:
        assert len(archive.namelist()) == 5_003

    assert refusal_of(crowded) == Refusal.BROKEN
    assert refusal_of(as_zip64(docx())) == Refusal.BROKEN


def test_a_list_that_is_longer_than_it_says_is_no_documents() -> None:
    crowded = docx({f"{number}": "" for number in range(5_001)})
    at = len(crowded) - 22
    shorter = crowded[: at + 8] + struct.pack("<HH", 2, 2) + crowded[at + 12 :]

    assert refusal_of(shorter) == Refusal.BROKEN


def test_a_document_that_would_unpack_to_more_than_a_disk_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_UNPACKED_BYTES", 10_000)

    assert type_of(docx())[1] == "docx"
    assert refusal_of(docx({"word/media/1.xml": "a" * 10_000})) == Refusal.BROKEN


def test_a_leaf_that_unpacks_to_much_is_not_unpacked_further() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", " " * 200_000_000)

    assert len(made.getvalue()) < 300_000
    assert refusal_of(made.getvalue()) == Refusal.BROKEN
