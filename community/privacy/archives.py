"""The file: `data.json` for programs, `index.html` for people, in her language, and `files/`."""

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from shutil import copyfileobj
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone, translation

from community.facts.snapshot import snapshot
from community.personal.ports import HOLDINGS, Holding, Person, PersonalFile
from community.personal.rows import Row, rows_of
from community.privacy.models import Archive
from community.privacy.queries import person_of
from community.privacy.words import readable
from i18n.direction import direction_of
from i18n.languages import known
from i18n.zones import zone

UNREAD = ("id", "version", "renderer_version")


def write_archive(archive: Archive) -> None:
    """All that the rooms hold of her, as of one instant; whole or not at all, whenever we are stopped."""
    member = archive.member
    archive.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = archive.path.with_suffix(".part")
    unfinished.touch(mode=0o600)
    with snapshot(), translation.override(known(member.language)), timezone.override(zone(member.timezone)):
        person = person_of(member)
        with ZipFile(unfinished, "w", ZIP_DEFLATED) as file:
            _write_data(file, person)
            _write_pages(file, person)
            for holding in HOLDINGS.values():
                for name, brought in _files_of(holding, person):
                    with brought.content() as content, file.open(name, "w") as out:
                        copyfileobj(content, out)
    unfinished.replace(archive.path)


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


def _write_pages(file: ZipFile, person: Person) -> None:
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
            files = [name for name, _ in _files_of(holding, person)]
            end = {"files": files, "count": number, "for_programs": holding.for_programs}
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
    return "✓" if value is True else value


def _files_of(holding: Holding, person: Person) -> Iterator[tuple[str, PersonalFile]]:
    """Names within the archive. A name that would lead out of it is cut to its last part."""
    if holding.files:
        for each in holding.files(person):
            yield f"files/{holding.model._meta.model_name}/{PurePosixPath(each.name).name}", each
