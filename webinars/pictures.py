"""The picture that others show beside a link to a session, in the language of the link."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, override, pgettext
from PIL import Image, ImageDraw

from i18n.direction import direction_of
from i18n.languages import DEFAULT, NAMES
from i18n.texts import said
from i18n.times import meeting_in_words
from i18n.zones import place_in_words, zone
from webinars.models import Session
from webinars.typesetting import Box, Face, can_set, draw_lines, drawable, fitted, width_of

WIDTH, HEIGHT = 1200, 630
FINE = 2  # drawn that much larger, and made smaller: Pillow puts letters on whole pixels, which shows between them
FORM = 1  # step it where the same words shall give another picture
KEPT = 200  # pictures in this process, of 15 to 45 KB
COLOURS = 64  # in the file: ten, and what lies between them where letters end
# As static/community/tokens.css has them, in light.
PAPER, SUNK, INK, INK_2 = "#fbfaf6", "#f2f0e8", "#14232e", "#4a5a66"
SEA, SEA_SOFT, EMBER, EMBER_SOFT = "#0b5f66", "#e2efee", "#b3261e", "#fbe6e3"
# On a sheet of 2400 by 1260 pixels, as all that follows.
SHEET, MARGIN, BAND = (FINE * WIDTH, FINE * HEIGHT), 160, 28
ROOM = SHEET[0] - 2 * MARGIN
HEADLINE, RULE = (268, 960), 980  # where the headline stands, from above; the rule under it
TITLE_SIZES = (200, 176, 152, 136, 120, 108, 96, 84, 76, 68)
TOWNS_WIDTH = 10 * 38
# The towns of layout/_brand.html, 38 by 27: corners, from the ground up and back to it.
SKYLINE = (
    (1, 27), (1, 15), (6, 15), (6, 10), (11, 10), (11, 17), (14, 17), (14, 6), (20, 6), (20, 15), (23, 15), (23, 11),
    (29, 11), (29, 3), (31, 3), (31, 11), (33, 11), (33, 27),
)  # fmt: skip
# One at a time and on one thread, so that a crowd takes the memory of one: ten threads had kept 200 MB.
drawing = ThreadPoolExecutor(1, "drawing")


@dataclass(frozen=True)
class Poster:
    """All that a picture shows. Params: mark, what one should know before all, if anything; language, of the page."""

    title: str
    title_language: str
    series: str
    series_language: str
    when: str
    place: str
    spoken: str
    mark: str
    is_cancelled: bool
    language: str


def poster_of(session: Session) -> Poster:
    """In the active language, or in the default one where this machine cannot set that in type."""
    language = get_language() or DEFAULT
    if not can_set(language):
        with override(DEFAULT):
            return poster_of(session)
    title, series = said(session, "title", language), said(session.series, "title", language)
    return Poster(
        title=drawable(title.text),
        title_language=title.language,
        series=drawable(series.text),
        series_language=series.language,
        when=drawable(when_in_words(session)),
        place=drawable(place_in_words(session.timezone, language)) if session.timezone != "UTC" else "",
        spoken=drawable(spoken_in_words(session)),
        mark=drawable(mark_of(session)),
        is_cancelled=session.cancelled_at is not None,
        language=language,
    )


def when_in_words(session: Session) -> str:
    """`10 Dec 2026, 08:00 GMT−5`, in the zone in which it was announced."""
    with timezone.override(zone(session.timezone)):
        return meeting_in_words(session.starts_at)


def spoken_in_words(session: Session) -> str:
    if not session.languages:
        return ""
    languages = ", ".join(NAMES.get(code, code) for code in session.languages)
    return pgettext("languages spoken, in a calendar", "Spoken: %(languages)s") % {"languages": languages}


def mark_of(session: Session) -> str:
    if session.cancelled_at is not None:
        return pgettext("state of a session", "Cancelled")
    if session.is_invented:
        return pgettext("mark on an invented session", "Planned for this demonstration")
    if session.is_time_assumed:
        return pgettext("mark on a session whose hour was not announced", "Estimated time")
    return ""


@lru_cache(KEPT)
def picture(poster: Poster) -> bytes:
    """A PNG."""
    return drawing.submit(_picture, poster).result()


@lru_cache(16)  # whoever asked for the same while it was drawn
def _picture(poster: Poster) -> bytes:
    sheet = Image.new("RGB", SHEET, PAPER)
    Painter(sheet, poster).paint()
    file = BytesIO()
    sheet.reduce(FINE).quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


class Painter:
    """Puts the words of a poster onto a sheet, from the side where its language begins."""

    def __init__(self, sheet: Image.Image, poster: Poster) -> None:
        self.draw, self.poster = ImageDraw.Draw(sheet), poster
        self.is_rtl = direction_of(poster.language) == "rtl"

    def paint(self) -> None:
        self.draw.rectangle((0, 0, SHEET[0], BAND - 1), SEA)
        self.brand()
        self.mark()
        self.headline()
        self.facts()

    def brand(self) -> None:
        self.towns(left=self.mirrored(MARGIN, 3 * 38), ground=212, scale=3, colour=SEA)
        self.line(settings.SITE_NAME, DEFAULT, "serif", (76,), y=208, colour=INK, inset=144)

    def mark(self) -> None:
        """A chip at the end of the first line."""
        if not self.poster.mark:
            return
        words = fitted(self.poster.mark, self.poster.language, face="sans", sizes=(56,), box=Box(1200, 0))
        width = round(width_of(words.lines[0], words.language, words.face, words.size)) + 88
        left = self.mirrored(SHEET[0] - MARGIN - width, width)
        paper, ink = (EMBER_SOFT, EMBER) if self.poster.is_cancelled else (SUNK, INK_2)
        self.draw.rounded_rectangle((left, 132, left + width, 228), 48, paper)
        x = left + width - 44 if self.is_rtl else left + 44
        draw_lines(self.draw, words, x=x, y=200, colour=ink, from_right=self.is_rtl)

    def headline(self) -> None:
        """The series and under it the title, in the middle of their room."""
        poster, (top, ground) = self.poster, HEADLINE
        title = poster.title or poster.series or settings.SITE_NAME  # a title may be in a script that no font has
        box = Box(ROOM, ground - top - 140)
        language = poster.title_language if poster.title else poster.series_language
        lines = fitted(title, language, face="serif", sizes=TITLE_SIZES, box=box)
        begin = top + (box.height - lines.leading * len(lines.lines)) // 2
        if poster.title:
            self.line(poster.series, poster.series_language, "sans", (64, 56), y=begin + 72, colour=SEA)
        y = begin + 96 + lines.size
        draw_lines(self.draw, lines, x=self.start(), y=y, colour=INK, from_right=self.is_rtl)

    def facts(self) -> None:
        poster = self.poster
        self.draw.rectangle((MARGIN, RULE, SHEET[0] - MARGIN, RULE + 3), INK)
        self.towns(
            left=self.mirrored(SHEET[0] - MARGIN - TOWNS_WIDTH, TOWNS_WIDTH), ground=SHEET[1], scale=10, colour=SEA_SOFT
        )
        when = " · ".join(part for part in (poster.when, poster.place) if part)
        self.line(when, poster.language, "serif", (76, 68, 60), y=1088, colour=INK, outset=TOWNS_WIDTH)
        self.line(poster.spoken, poster.language, "sans", (56, 48), y=1180, colour=INK_2, outset=TOWNS_WIDTH)

    def line(
        self,
        text: str,
        language: str,
        face: Face,
        sizes: Sequence[int],
        *,
        y: int,
        colour: str,
        inset: int = 0,
        outset: int = 0,
    ) -> None:
        """Params: y, of the baseline; inset, how far after the margin it begins; outset, how far before it ends."""
        words = fitted(text, language, face=face, sizes=sizes, box=Box(ROOM - inset - outset, 0))
        draw_lines(self.draw, words, x=self.start(inset), y=y, colour=colour, from_right=self.is_rtl)

    def start(self, inset: int = 0) -> int:
        return SHEET[0] - MARGIN - inset if self.is_rtl else MARGIN + inset

    def mirrored(self, left: int, width: int) -> int:
        """The left edge of what stands there where one reads from the left."""
        return SHEET[0] - left - width if self.is_rtl else left

    def towns(self, *, left: int, ground: int, scale: int, colour: str) -> None:
        self.draw.polygon([(left + x * scale, ground - (27 - y) * scale) for x, y in SKYLINE], colour)
