"""The file: `data.json` for programs, `index.html` for people, in her language, and `files/`."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from os import SEEK_END
from pathlib import PurePosixPath
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format

from community.facts.snapshot import snapshot
from community.members.models import Member
from community.personal.ports import HOLDINGS, Holding, Person, PersonalFile
from community.personal.rows import Row, rows_of
from community.privacy.queries import person_of
from community.privacy.words import readable
from i18n.direction import direction_of
from i18n.languages import known
from i18n.zones import zone

UNREAD = ("id", "version", "renderer_version")


@contextmanager
def written_archive(member: Member) -> Iterator[tuple[IO[bytes], int]]:
    """All that the rooms hold of her, ready to be read, and its size in bytes. The file has no name anywhere.

    Rows are of one instant. The files that she brought are copied afterwards, when no snapshot of the database
    is held any more; what she has deleted since is left out.
    """
    with TemporaryFile(dir=settings.DATA_DIR) as content:
        with ZipFile(content, "w", ZIP_DEFLATED) as file:
            with snapshot(), translation.override(known(member.language)), timezone.override(zone(member.timezone)):
                person = person_of(member)
                brought = {holding.model: list(_files_of(holding, person)) for holding in HOLDINGS.values()}
                _write_data(file, person)
                _write_pages(file, person, {model: [name for name, _ in files] for model, files in brought.items()})
            for files in brought.values():
                _copy_files(file, files)
        size_bytes = content.seek(0, SEEK_END)
        content.seek(0)
        yield content, size_bytes


def _copy_files(file: ZipFile, files: Iterable[tuple[str, PersonalFile]]) -> None:
    for name, brought in files:
        entry = ZipInfo(name, date_time=timezone.localtime().timetuple()[:6])
        entry.compress_type = ZIP_STORED if brought.is_packed else ZIP_DEFLATED
        try:
            with brought.content() as content, file.open(entry, "w") as out:
                copyfileobj(content, out)
        except FileNotFoundError:
            continue


def _write_data(file: ZipFile, person: Person) -> None:
    """Row by row: nobody's data has to fit into memory."""
    encoder = DjangoJSONEncoder(ensure_ascii=False)
    with file.open("data.json", "w") as out:
        out.write(f'{{"made_at": {encoder.encode(timezone.now())}'.encode())
        for label, holding in HOLDINGS.items():
            out.write(f",\n{encoder.encode(label)}: [".encode())
            for number, row in enumerate(rows_of(holding, person)):
                out.write((",\n " if number else "\n ").encode() + encoder.encode(row).encode())
            out.write(b"]")
        out.write(b"}\n")


def _write_pages(file: ZipFile, person: Person, names: Mapping[type[Model], list[str]]) -> None:
    language = known(person.language)
    page = {"person": person, "language": language, "direction": direction_of(language), "now": timezone.now()}
    sections = [(f"part-{number}", holding) for number, holding in enumerate(HOLDINGS.values())]
    titles = [(anchor, holding.title) for anchor, holding in sections]
    with file.open("index.html", "w") as out:
        out.write(render_to_string("privacy/archive/top.html", {**page, "titles": titles}).encode())
        for anchor, holding in sections:
            context = {"anchor": anchor, "title": holding.title}
            out.write(render_to_string("privacy/archive/_part.html", context).encode())
            number = 0
            for number, row in enumerate(rows_of(holding, person), start=1):
                if holding.for_programs:
                    continue
                out.write(render_to_string("privacy/archive/_row.html", {"number": number, "row": _said(row)}).encode())
            end = {"files": names[holding.model], "count": number, "for_programs": holding.for_programs}
            out.write(render_to_string("privacy/archive/_end.html", end).encode())
        out.write(b"</main>\n</body>\n</html>\n")


def _said(row: Row) -> list[tuple[str, Any]]:
    """What there is to read in a row. Numbers of things mean nothing to her: `data.json` has them."""
    return [
        (readable(name), _in_words(value))
        for name, value in row.items()
        if value not in (None, "", [], {}) and value is not False and not name.endswith("_id") and name not in UNREAD
    ]


def _in_words(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, indent=1)
    if isinstance(value, date) and not isinstance(value, datetime):  # a day, wherever the reader is
        return date_format(value)
    return "✓" if value is True else value


def _files_of(holding: Holding, person: Person) -> Iterator[tuple[str, PersonalFile]]:
    """Names within the archive. A name that would lead out of it is cut to its last part."""
    if holding.files:
        for each in holding.files(person):
            yield f"files/{holding.model._meta.model_name}/{PurePosixPath(each.name).name}", each
