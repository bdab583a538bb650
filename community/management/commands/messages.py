"""Brings the catalogs up to what the pages say. Needs the gettext tools, which only translators' work does."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.management.commands import makemessages
from django.test.utils import override_settings

from i18n.languages import CODES, DEFAULT

ROOMS = ("community", "forums", "webinars", "i18n", "templates")
CREATED = re.compile(rb'"POT-Creation-Date:[^\n]*\n')
Entry = tuple[str, str]


class Extraction(makemessages.Command):
    """Never guesses: a guessed translation is a wrong one that looks finished."""

    msgmerge_options = ["-q", "--backup=none", "--update", "--no-fuzzy-matching"]
    requires_system_checks = ()


class Command(BaseCommand):
    help = "Update the catalogs from code and templates; with --check, only say what they lack."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail where an entry is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not shutil.which("xgettext"):
            raise CommandError("The gettext tools are missing. Type: sudo apt-get install gettext")
        kept = Path(settings.LOCALE_PATHS[0])
        with regenerated() as fresh:
            if options["check"]:
                self.compare(kept, fresh)
            else:
                shutil.copytree(fresh, kept, dirs_exist_ok=True)

    def compare(self, kept: Path, fresh: Path) -> None:
        lacking = []
        for language in languages():
            written, wanted = entries(catalog(kept, language)), entries(catalog(fresh, language))
            lacking += [f"{language} lacks {entry}" for entry in sorted(wanted - written)]
            lacking += [f"{language} still has {entry}" for entry in sorted(written - wanted)]
        if lacking:
            raise CommandError("\n".join(["The catalogs are behind the pages: make messages", *lacking]))
        self.stdout.write(f"{len(languages())} catalogs say all that the pages say")


def languages() -> list[str]:
    return [code for code in CODES if code != DEFAULT]


def catalog(folder: Path, language: str) -> Path:
    return folder / language / "LC_MESSAGES" / "django.po"


def entries(source: Path) -> set[Entry]:
    """What a catalog has an entry for: (context, text)."""
    if not source.exists():
        return set()
    with source.open("rb") as file:
        return {(message.context or "", str(message.id)) for message in read_po(file) if message.id}


@contextmanager
def regenerated() -> Iterator[Path]:
    """A folder of catalogs made afresh from a copy of the rooms, with what is translated already."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as scratch:
        for room in ROOMS:
            shutil.copytree(
                settings.BASE_DIR / room, Path(scratch) / room, ignore=shutil.ignore_patterns("*.mo", "__pycache__")
            )
        fresh = Path(scratch).resolve() / "i18n" / "locale"
        fresh.mkdir(exist_ok=True)
        os.chdir(scratch)
        try:
            with override_settings(LOCALE_PATHS=[str(fresh)]):
                call_command(Extraction(), locale=languages(), no_location=True, no_obsolete=True, verbosity=0)
        finally:
            os.chdir(here)
        for source in fresh.glob("*/*/*.po"):
            source.write_bytes(CREATED.sub(b"", source.read_bytes()))  # its moment would make a change of every run
        yield fresh
