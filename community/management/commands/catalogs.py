"""Compiles what translators wrote into what Django reads, without the gettext tools."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Message
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]")


class Command(BaseCommand):
    help = "Compile the catalogs (.po into .mo); with --check, say which entries are not fit to be shown."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="compile nothing, list unfit entries")

    def handle(self, *args: Any, **options: Any) -> None:
        sources = [source for folder in settings.LOCALE_PATHS for source in sorted(Path(folder).glob("*/*/*.po"))]
        if options["check"]:
            self.check_all(sources)
            return
        for source in sources:
            compile_catalog(source)
        self.stdout.write(f"{len(sources)} catalogs compiled")

    def check_all(self, sources: list[Path]) -> None:
        faults = [f"{source.parent.parent.name}: {fault}" for source in sources for fault in faults_of(read(source))]
        if faults:
            raise CommandError("\n".join(["Entries that are not fit to be shown:", *faults]))
        self.stdout.write(f"{len(sources)} catalogs, every entry complete")


def read(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file, locale=source.parent.parent.name, abort_invalid=True)


def compile_catalog(source: Path) -> None:
    """Writes beside `source` what it means; a reader at the same moment sees the old file or the new."""
    unfinished = source.with_suffix(".mo.new")
    with unfinished.open("wb") as file:
        write_mo(file, read(source))
    unfinished.replace(source.with_suffix(".mo"))


def faults_of(catalog: Catalog) -> Iterator[str]:
    for message in catalog:
        if message.id and (fault := fault_of(message)):
            yield f"{fault}: {message.context or ''} | {message.id!r}"


def fault_of(message: Message) -> str:
    """Why this entry may not be shown, empty where it may."""
    sources, said = forms(message.id), forms(message.string)
    if message.fuzzy:
        return "fuzzy"
    if not all(said):
        return "empty"
    known = {place for source in sources for place in PLACE.findall(source)}
    # A form for one or two may leave its number out; none may name what is not there.
    if any(not set(PLACE.findall(form)) <= known for form in said):
        return "names an unknown place"
    if len(said) == 1 and set(PLACE.findall(said[0])) != known:
        return "leaves a place out"
    return ""


def forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (text or "",)
