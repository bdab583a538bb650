"""The door for every text from outside: form, socket, import.

Bodies (`clean_text`) keep direction marks, embeddings and isolates, which writers of Arabic need beside
Latin words and which end with their paragraph; overrides (U+202D, U+202E) serve only to deceive and are
refused. Lines (`clean_line`: names, titles) are set beside other people's words, so they hold no bidi
control at all, and what cannot be seen is taken out of them: two lines that look alike should be alike.
"""

import re
import unicodedata

from community.text.unfit import UnfitText

__all__ = ["UnfitText", "clean_line", "clean_text", "is_blank"]

_COMBINING = "".join(char for char in map(chr, range(0x300, 0x1E950)) if unicodedata.combining(char))
# As Unicode's Stream-Safe Text: no language needs 31, and Python's normalising is quadratic in such a run.
_TOO_MANY_MARKS = re.compile(f"[{_COMBINING}]{{31}}")
_NEWLINES = re.compile("\r\n?|[\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff\ufffd]")  # U+FFFD is what Django makes of one in a form's bytes
_OVERRIDES = re.compile("[\u202d\u202e]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")

_JOINING = (  # Arabic, Syriac, N'Ko; the Indic scripts to Myanmar; Khmer, Mongolian; their supplements
    "\u0600-\u07ff\u0840-\u085f\u0860-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1c4f"
    "\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc"
)
_PICTURES = "\u00a9\u00ae\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_IDEOGRAPHS = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff]"
    f"|(?<![{_PICTURES}])[\ufe00-\ufe0f]"
    f"|(?<![{_IDEOGRAPHS}])[\U000e0100-\U000e01ef]"
    "|(?<![\u1800-\u18af])[\u180b-\u180d\u180f]"
)
_STRAY_JOINERS = re.compile(
    f"(?<![{_JOINING}])\u200c|\u200c(?![{_JOINING}])"
    f"|(?<![{_JOINING}{_PICTURES}\ufe0f])\u200d|\u200d(?![{_JOINING}{_PICTURES}])"
)
_BLANK_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Me"})


def clean_text(text: str) -> str:
    """The same text in NFC with newlines as \\n.

    Raises: UnfitText for NUL, lone surrogates, other controls (C0 but \\n and \\t, C1, noncharacters),
    overrides of direction, and over 30 combining marks on one letter.
    """
    if _SURROGATES.search(text):
        raise UnfitText("surrogate")
    if "\x00" in text:
        raise UnfitText("nul")
    text = _NEWLINES.sub("\n", text)
    if _CONTROLS.search(text):
        raise UnfitText("control")
    if _OVERRIDES.search(text):
        raise UnfitText("override")
    if _TOO_MANY_MARKS.search(text):
        raise UnfitText("marks")
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """One line in NFC, stripped, each run of spaces, tabs and newlines made one space.

    What cannot be seen is taken out, but for joiners inside words of scripts that need them (Arabic,
    Indic and their neighbours) and between pictures. An empty text stays empty: a form says "required".
    Raises: UnfitText as `clean_text`, for any bidi control, and where nothing that can be seen is left.
    """
    text = clean_text(text)
    if _BIDI.search(text):
        raise UnfitText("direction")
    seen = _STRAY_JOINERS.sub("", _UNSEEN.sub("", text))
    # Taking something out may bring a letter and its accent together.
    line = re.sub("[ \t\n]+", " ", unicodedata.normalize("NFC", seen)).strip()
    if text.strip() and is_blank(line):
        raise UnfitText("blank")
    return line


def is_blank(text: str) -> bool:
    """Whether nothing in `text` can be seen."""
    return all(char == "\u2800" or unicodedata.category(char) in _BLANK_CATEGORIES for char in text)
