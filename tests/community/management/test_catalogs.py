import gettext
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

HEAD = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""


def write_catalog(folder: Path, entries: str) -> Path:
    source = folder / "es" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(HEAD + entries)
    return source


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.LOCALE_PATHS = [tmp_path]
    return tmp_path


def test_a_catalog_is_compiled_without_the_gettext_tools(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    source = write_catalog(
        folder,
        'msgctxt "menu"\nmsgid "Forums"\nmsgstr "Foros"\n\n'
        'msgctxt "count"\nmsgid "%(number)s post"\nmsgid_plural "%(number)s posts"\n'
        'msgstr[0] "%(number)s mensaje"\nmsgstr[1] "%(number)s mensajes"\n',
    )

    call_command("catalogs")

    with source.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.pgettext("menu", "Forums") == "Foros"
    assert compiled.npgettext("count", "%(number)s post", "%(number)s posts", 3) == "%(number)s mensajes"
    assert capsys.readouterr().out == "1 catalogs compiled\n"


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Forums"\nmsgstr ""\n', "empty"),
        ('#, fuzzy\nmsgid "Forums"\nmsgstr "Foros"\n', "fuzzy"),
        ('#, python-format\nmsgid "Hello %(name)s"\nmsgstr "Hola"\n', "leaves a place out"),
        ('#, python-format\nmsgid "Hello %(name)s"\nmsgstr "Hola %(nombre)s"\n', "names an unknown place"),
        ('msgid "%(n)s a"\nmsgid_plural "%(n)s b"\nmsgstr[0] "uno"\nmsgstr[1] ""\n', "empty"),
    ],
)
def test_an_entry_that_is_not_fit_to_be_shown_is_named(folder: Path, entry: str, fault: str) -> None:
    write_catalog(folder, entry)

    with pytest.raises(CommandError, match=f"es: {fault}"):
        call_command("catalogs", check=True)


def test_a_form_for_one_may_leave_its_number_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_catalog(
        folder, 'msgid "%(n)s post"\nmsgid_plural "%(n)s posts"\nmsgstr[0] "un mensaje"\nmsgstr[1] "%(n)s mensajes"\n'
    )

    call_command("catalogs", check=True)

    assert capsys.readouterr().out == "1 catalogs, every entry complete\n"
