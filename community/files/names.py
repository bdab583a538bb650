"""Names of files: clean, short, and with the ending that their content has."""

import re
from pathlib import PurePosixPath

from community.text.clean import UnfitText, clean_line

LONGEST = 100  # characters
UNFIT = re.compile(r'[/\\:*?"<>|%\x00-\x1f]+')
ENDINGS = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")
UNNAMED = "file"
ALIKE = {"jpg": "jpeg", "text": "txt", "tsv": "csv"}


def clean_name(name: str) -> str:
    """As a browser gave it, fit for a page, an address and a disk."""
    try:
        line = clean_line(name[:1000])
    except UnfitText:
        return UNNAMED
    last = line.replace("\\", "/").rpartition("/")[2]
    return UNFIT.sub(" ", last).strip(" .")[-LONGEST:].strip(" .") or UNNAMED


def named_for(name: str, extension: str) -> str:
    """The name with the ending that the content has: a PDF called .exe becomes one called .pdf."""
    path = PurePosixPath(name)
    ending = path.suffix.lower().lstrip(".")
    stem = name[: -len(ending) - 1] if ALIKE.get(ending, ending) == extension else ENDINGS.sub("", name)
    return f"{stem[: LONGEST - 6].strip(' .') or UNNAMED}.{extension}"
