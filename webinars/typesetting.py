"""Words set in type on a picture: in lines that fit, in either direction, in the languages of the house."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, TypedDict
from unicodedata import combining, normalize

from PIL import ImageDraw, ImageFont, features

from i18n.direction import direction_of

FONTS = Path(__file__).parent / "fonts"
SHAPES = features.check("raqm")  # joins Arabic letters and turns lines round; it wants the system's libfribidi
LONGEST = 400  # characters that are looked at: the longest title has 200
# What both fonts have; see fonts/README.md. What is in no font is left out: an empty box would say less.
FOREIGN = re.compile(
    "[^\x20-\x7e\xa0-\u024f\u02b9-\u02bc\u02c6-\u02dd\u0300-\u0304\u0306-\u030c\u0323\u0326-\u0328\u0331\u0370-\u0377"
    "\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03e1\u03f0-\u045f\u0490\u0491\u0600-\u0604\u0606-\u061b"
    "\u061e-\u06ff\u1e00-\u1eff\u200c\u200d\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039"
    "\u203a\u2044\u20a0-\u20bf\u2116\u2122]"
)
TO_BE_SHAPED = re.compile("[\u0600-\u06ff\u200c\u200d]")
# Marks that would climb out of their line, and joiners that join nothing.
HEAPED = re.compile("([\u0300-\u036f])[\u0300-\u036f]+|([\u064b-\u065f]{2})[\u064b-\u065f]+")
IDLE = re.compile("(?<![\u0600-\u06ff])[\u200c\u200d]+")
# The minus sign and the spaces that break no line: the fonts have these.
INSTEAD = {0x2212: "–", 0x2007: "\xa0", 0x202F: "\xa0"}
SPACE = re.compile(r"[^\S\xa0]+|\xa0{2,}")

Face = Literal["serif", "sans"]


class Box(NamedTuple):
    """Where lines may stand, in pixels."""

    width: int
    height: int


@dataclass(frozen=True)
class Lines:
    """Lines of one size. Params: leading, pixels from one baseline to the next."""

    lines: tuple[str, ...]
    face: Face
    size: int
    leading: int
    language: str


@lru_cache(64)
def font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{face}.ttf", size)


def can_set(language: str) -> bool:
    return SHAPES or direction_of(language) == "ltr"


def drawable(text: str) -> str:
    """What of a text can be drawn, in one line: controls, emoji and scripts that no font has are left out."""
    words = SPACE.sub(" ", normalize("NFC", text[:LONGEST]).translate(INSTEAD))
    left = HEAPED.sub(r"\1\2", IDLE.sub("", FOREIGN.sub("", words)))
    return SPACE.sub(" ", left if SHAPES else TO_BE_SHAPED.sub("", left)).strip()


def fitted(text: str, language: str, *, face: Face, sizes: Sequence[int], box: Box, leading: float = 1.2) -> Lines:
    """The text in the first of these sizes in which all of it fits; in the last one it is cut where the box ends.

    Params: text, drawable; sizes, in pixels, the largest first; leading, in sizes.
    """
    for size in sizes:
        step = round(size * leading)
        most = max(1, box.height // step)
        lines = list(wrapped(text, language, face, size, box.width))
        if len(lines) <= most:
            return Lines(balanced(text, language, face, size, box.width, lines), face, size, step, language)
    last = ellipsed(" ".join(lines[most - 1 :]), language, face, size, box.width)
    return Lines((*lines[: most - 1], last), face, size, step, language)


def balanced(text: str, language: str, face: Face, size: int, width: int, lines: list[str]) -> tuple[str, ...]:
    """The same number of lines, as nearly of one length as halving the room finds them."""
    best, narrow = lines, width // 2
    while len(lines) > 1 and width - narrow > size // 2:
        middle = (narrow + width) // 2
        tried = list(wrapped(text, language, face, size, middle))
        if len(tried) > len(lines):
            narrow = middle
        else:
            best, width = tried, middle
    return tuple(best)


def wrapped(text: str, language: str, face: Face, size: int, width: int) -> Iterator[str]:
    """Lines no wider than that; a word that is too long for one goes on in the next."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width_of(longer, language, face, size) <= width:
            line = longer
            continue
        if line:
            yield line
        *full, line = broken(word, language, face, size, width)
        yield from full
    if line:
        yield line


def broken(word: str, language: str, face: Face, size: int, width: int) -> list[str]:
    """The word in pieces that fit; a letter keeps its marks."""
    pieces = [""]
    for letter in word:
        if combining(letter) or width_of(pieces[-1] + letter, language, face, size) <= width:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def ellipsed(text: str, language: str, face: Face, size: int, width: int) -> str:
    """As much of its beginning as fits before three dots; all of it where that fits."""
    if width_of(text, language, face, size) <= width:
        return text
    while text and width_of(f"{text.rstrip()}…", language, face, size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def width_of(text: str, language: str, face: Face, size: int) -> float:
    return font(face, size).getlength(text, **_shaping(language))


def draw_lines(draw: ImageDraw.ImageDraw, lines: Lines, *, x: int, y: int, colour: str, from_right: bool) -> None:
    """Params: x, where lines begin, or end at their right if `from_right`; y, of the first baseline; both pixels."""
    anchor = "rs" if from_right else "ls"
    for number, line in enumerate(lines.lines):
        place = (x, y + number * lines.leading)
        draw.text(place, line, colour, font=font(lines.face, lines.size), anchor=anchor, **_shaping(lines.language))


class Shaping(TypedDict, total=False):
    """What Pillow takes only where it can shape."""

    direction: str
    language: str


def _shaping(language: str) -> Shaping:
    return {"direction": direction_of(language), "language": language} if SHAPES else {}
