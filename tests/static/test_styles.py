"""The style sheets are held to the house's word: tokens, logical properties, one file a component, small."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from community.storage import joined

FOLDER = Path(settings.BASE_DIR) / "community" / "static" / "community"
SHEETS = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.css"))
LISTED = re.findall(r'url\("([^"]+)"\)', (FOLDER / "frontline.css").read_text())
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab)\(", re.IGNORECASE)
SIDED = re.compile(
    r"(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height"
    r"|(?:min|max)-(?:width|height))\s*:|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
)
# Of what has become widely available (30 months in every engine) we use these, and light-dark() by the look's word.
TOO_YOUNG = re.compile(
    r"@scope|@starting-style|anchor-name|position-anchor|interpolate-size|field-sizing|@function|if\("
)


def said(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (FOLDER / name).read_text(), flags=re.DOTALL)


def test_every_sheet_is_on_the_list_once_and_none_is_missing() -> None:
    assert sorted(LISTED) == [name for name in SHEETS if name != "frontline.css"]


@pytest.mark.parametrize("name", [name for name in SHEETS if name != "tokens.css"])
def test_colours_stand_in_tokens_only(name: str) -> None:
    assert COLOUR.findall(said(name)) == []


@pytest.mark.parametrize("name", SHEETS)
def test_no_side_is_left_or_right(name: str) -> None:
    without_queries = re.sub(r"@media [^{]+", "", said(name))

    assert SIDED.findall(without_queries) == []


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_is_too_young_for_an_older_phone(name: str) -> None:
    assert TOO_YOUNG.findall(said(name)) == []


@pytest.mark.parametrize("name", SHEETS)
def test_every_variable_used_is_a_token(name: str) -> None:
    tokens = set(re.findall(r"(--[\w-]+):", said("tokens.css")))

    assert set(re.findall(r"var\((--[\w-]+)", said(name))) <= tokens


def test_the_joined_sheet_costs_less_than_8_kilobytes() -> None:
    sheet = joined(said("frontline.css"), said)

    assert "@import" not in sheet
    assert len(gzip.compress(sheet.encode())) < 8 * 1024


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_can_be_read_on_every_ground_they_stand_on(scheme: int) -> None:
    pairs = re.findall(r"--([\w-]+): light-dark\((#[^)]+)\)", said("tokens.css"))
    token = {name: values.split(",")[scheme].strip() for name, values in pairs}
    softs = ("sea-soft", "sun-soft", "leaf-soft", "ember-soft")
    grounds = dict.fromkeys(("ink", "ink-2"), ("paper", "sheet", "sunk", *softs))
    grounds |= {colour: ("paper", "sheet", f"{colour}-soft") for colour in ("sea", "sun", "leaf", "ember")}
    grounds |= {"on-sea": ("sea", "sea-deep"), "ink": (*grounds["ink"], "found")}

    faint = [
        (ink, ground, round(contrast(token[ink], token[ground]), 2))
        for ink, all_of_them in grounds.items()
        for ground in all_of_them
        if contrast(token[ink], token[ground]) < 4.5
    ]

    assert faint == []


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
