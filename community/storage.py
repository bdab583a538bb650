"""Static files under names that hold their content's hash, so that browsers may keep them for ever."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from servestatic.storage import CompressedManifestStaticFilesStorage

STYLE_LIST = "community/frontline.css"
IMPORT = re.compile(r'@import url\("(?P<file>[^"]+)"\)(?: layer\((?P<layer>\w+)\))?;\n?')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s*\n\s*")
REMARK = re.compile(r"^\s*(?:/\*.*?\*/|//[^\n]*)\s*\n", re.DOTALL | re.MULTILINE)
INDENT = re.compile(r"^ +", re.MULTILINE)
MODULES = "community/js/"


class HashedModules(CompressedManifestStaticFilesStorage):
    """Joins the style sheets into the one that pages load, and hashes the names inside ES modules.

    Before the first `collectstatic` (in tests, in development) names are left as they are, and
    the list of style sheets works as it stands.
    """

    support_js_module_import_aggregation = True
    max_post_process_passes = 12  # one for each step by which modules lead to modules; Django's five are soon walked
    manifest_strict = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if STYLE_LIST in paths:
            source, name = paths[STYLE_LIST]
            paths[STYLE_LIST] = (Joined(source), name)
        for path, (source, name) in paths.items():
            if path.startswith(MODULES):
                paths[path] = (Bare(source), name)
        processed: Iterator[Any] = super().post_process(paths, dry_run=dry_run, **options)
        return processed

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name


class Joined:
    """Opens the list of style sheets as the one sheet they make."""

    def __init__(self, source: Storage) -> None:
        self.source = source

    def open(self, name: str) -> ContentFile[bytes]:
        folder = name.rpartition("/")[0]
        return ContentFile(joined(self.read(name), lambda file: self.read(f"{folder}/{file}")).encode(), name=name)

    def read(self, name: str) -> str:
        with self.source.open(name) as file:
            return bytes(file.read()).decode()


class Bare:
    """Opens a module without its remarks and its indentation, which are for its readers."""

    def __init__(self, source: Storage) -> None:
        self.source = source

    def open(self, name: str) -> ContentFile[bytes]:
        with self.source.open(name) as file:
            return ContentFile(bare(bytes(file.read()).decode()).encode(), name=name)


def bare(module: str) -> str:
    """The module without the comments that stand on lines of their own. Strings of several lines it must not have."""
    return INDENT.sub("", REMARK.sub("", module))


def joined(styles: str, read: Callable[[str], str]) -> str:
    """The sheet with each `@import url("file") layer(x);` replaced by what that file says, in that layer."""

    def inline(found: re.Match[str]) -> str:
        text = read(found["file"])
        return f"@layer {found['layer']} {{\n{text}}}\n" if found["layer"] else text

    return SPACE.sub("\n", COMMENT.sub("", IMPORT.sub(inline, styles)))
