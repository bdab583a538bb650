"""What was said when: captions in WebVTT, and the windows of speech that can be found.

W3C, WebVTT: The Web Video Text Tracks Format, section 6.1 (parser) and 6.4 (cue text). Settings, regions and styles say
how captions look and are passed over, as is what the specification passes over.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_FILE = 4 * 1024 * 1024  # characters
WINDOW_WORDS = 60
WINDOW_LENGTH = 600  # characters, for scripts that put no spaces between words
PAUSE_MS = 15_000  # of silence: what is said after it is found at its own second
TOGETHER_MS = 300  # between two captions of which the second repeats the first and says more

_SIGNATURE = re.compile(r"WEBVTT(?:[ \t].*)?\Z")
_TIME = r"(?:(\d+):)?(\d{2}):(\d{2})\.(\d{3})(?!\d)"
_TIMES = re.compile(rf"[ \t\f]*{_TIME}[ \t\f]*-->[ \t\f]*{_TIME}")
_TAG = re.compile(r"<[^>]*(?:>|\Z)")


@dataclass(frozen=True)
class Cue:
    """Params: start and end, in milliseconds; lines, of plain text, none blank."""

    start: int
    end: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Window:
    """Some seconds of speech. Params: start and end, in milliseconds; moments, from which character of the text on
    which millisecond is reached.
    """

    start: int
    end: int
    text: str
    moments: tuple[tuple[int, int], ...] = ()


def cues(text: str) -> list[Cue]:
    """Those of a WebVTT file that say something, by when they begin; none where it is no such file."""
    text = text[:LONGEST_FILE].removeprefix("\ufeff").replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if not _SIGNATURE.match(lines[0]):
        return []
    return sorted(_blocks(lines), key=lambda cue: cue.start)


def _blocks(lines: list[str]) -> Iterator[Cue]:
    """The file's blocks after its first line; one that has no times, or wrong ones, is passed over."""
    times: tuple[int, int] | None = None
    told: list[str] = []
    before = 0  # lines of this block so far
    has_arrow, in_header = False, True
    for line in [*lines[1:], ""]:
        if "-->" in line:
            if in_header or has_arrow or before > 1:  # it begins the next block
                yield from _cue(times, told)
                before, in_header = 0, False
            times, told, has_arrow = _times(line), [], True
        elif not line:
            yield from _cue(times, told)
            times, told, before, has_arrow, in_header = None, [], 0, False, False
            continue
        else:
            told.append(line)
        before += 1


def _times(line: str) -> tuple[int, int] | None:
    found = _TIMES.match(line)
    if found is None:
        return None
    start, end = _milliseconds(*found.groups()[:4]), _milliseconds(*found.groups()[4:])
    return None if start is None or end is None else (start, end)


def _milliseconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> int | None:
    if int(minutes) > 59 or int(seconds) > 59 or len(hours or "") > 4:
        return None
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(thousandths)


def _cue(times: tuple[int, int] | None, told: list[str]) -> Iterator[Cue]:
    if times is not None:
        plain = html.unescape(_TAG.sub("", "\n".join(told)))
        lines = tuple(line for each in plain.split("\n") if (line := " ".join(each.split())))
        if lines:
            yield Cue(times[0], max(times), lines)


def windows(text: str) -> list[Window]:
    """Captions that follow each other without a long pause, joined to at most 60 words; a longer one is parted."""
    made: list[Window] = []
    for began, ended, words in _parted(_said_once(cues(text))):
        said = " ".join(words)
        last = made[-1] if made else None
        if last is None or began - last.end > PAUSE_MS or not _fits(last.text, words):
            made.append(Window(began, ended, said, ((0, began),)))
        else:
            moments = (*last.moments, (len(last.text) + 1, began))
            made[-1] = Window(last.start, max(last.end, ended), f"{last.text} {said}", moments)
    return made


def _fits(text: str, words: list[str]) -> bool:
    return text.count(" ") + 1 + len(words) <= WINDOW_WORDS and len(text) + _length(words) <= WINDOW_LENGTH


def _length(words: Iterable[str]) -> int:
    return sum(len(word) + 1 for word in words)


def _said_once(found: Iterable[Cue]) -> Iterator[Cue]:
    """Captions that roll repeat the lines before: what is said anew is left of each."""
    last = Cue(0, -TOGETHER_MS - 1, ())
    for cue in found:
        kept = cue.lines
        if cue.start - last.end <= TOGETHER_MS:
            most = min(len(last.lines), len(kept))
            again = next((count for count in range(most, 0, -1) if last.lines[-count:] == kept[:count]), 0)
            kept = kept[again:]
        last = cue
        if kept:
            yield Cue(cue.start, cue.end, kept)


def _parted(found: Iterable[Cue]) -> Iterator[tuple[int, int, list[str]]]:
    """Start, end and words; of a caption too long for one window in parts, as if it were spoken evenly."""
    for cue in found:
        words = [part for word in " ".join(cue.lines).split() for part in _sliced(word)]
        parts = list(_portions(words))
        total, done = _length(words), 0
        for part in parts:
            begun, done = done, done + _length(part)
            lasts = cue.end - cue.start
            yield cue.start + lasts * begun // total, cue.start + lasts * done // total, part


def _sliced(word: str) -> Iterator[str]:
    for at in range(0, len(word), WINDOW_LENGTH - 1):
        yield word[at : at + WINDOW_LENGTH - 1]


def _portions(words: list[str]) -> Iterator[list[str]]:
    portion: list[str] = []
    for word in words:
        if portion and (len(portion) == WINDOW_WORDS or _length(portion) + len(word) + 1 > WINDOW_LENGTH):
            yield portion
            portion = []
        portion.append(word)
    if portion:
        yield portion
