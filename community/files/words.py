"""Why a file was not taken, in the reader's language."""

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from community.files.choices import Refusal
from community.files.models import StoredFile

WORDS: dict[str, Promise | str] = {
    Refusal.PROGRAM: pgettext_lazy(
        "why a file is refused", "This is a program, whatever its name says. Programs are not taken."
    ),
    Refusal.DRAWING: pgettext_lazy(
        "why a file is refused",
        "SVG drawings are not taken, because they can hold scripts. Save the drawing as PNG or PDF.",
    ),
    Refusal.MARKUP: pgettext_lazy(
        "why a file is refused", "Web pages and XML are not taken, because they can hold scripts. Save it as PDF."
    ),
    Refusal.MACROS: pgettext_lazy(
        "why a file is refused",
        "This document holds macros or other active parts. Save it without them, for example as DOCX or XLSX.",
    ),
    Refusal.LOCKED: pgettext_lazy(
        "why a file is refused", "This document is locked by a password. Save it without one."
    ),
    Refusal.ARCHIVE: pgettext_lazy(
        "why a file is refused", "Archives such as ZIP are not taken. Upload the files in it one by one."
    ),
    Refusal.OLD_OFFICE: pgettext_lazy(
        "why a file is refused",
        "This is an old Office format that may hold macros. Save it as DOCX, XLSX, PPTX or PDF.",
    ),
    Refusal.PHONE_PICTURE: pgettext_lazy(
        "why a file is refused", "HEIC and AVIF pictures are not taken. Save it as JPEG; phones can do that."
    ),
    Refusal.UNKNOWN: pgettext_lazy(
        "why a file is refused",
        "We do not take this kind of file. Pictures (JPEG, PNG, WebP, GIF), PDF, DOCX, XLSX, PPTX, "
        "OpenDocument, CSV and plain text are welcome.",
    ),
    Refusal.EMPTY: pgettext_lazy("why a file is refused", "This file is empty."),
    Refusal.BROKEN: pgettext_lazy(
        "why a file is refused", "This file is damaged, or not what it seems to be. Save it again and try once more."
    ),
    Refusal.TOO_MANY_PIXELS: pgettext_lazy(
        "why a file is refused", "This picture has more than %(pixels)s million pixels. Make it smaller first."
    ),
    Refusal.IMAGE_TOO_LARGE: pgettext_lazy(
        "why a file is refused", "A picture may have %(most)s at most. Make it smaller first."
    ),
    Refusal.NOT_A_PICTURE: pgettext_lazy(
        "why a file is refused", "This is not a picture. JPEG, PNG, WebP and GIF are welcome here."
    ),
    Refusal.INFECTED: pgettext_lazy("why a file is refused", "The virus scanner found something bad in this file."),
}


def refusal_words(file: StoredFile) -> str:
    """Empty where it is not refused."""
    return words_of(file.refusal) if file.is_refused else ""


def words_of(refusal: str) -> str:
    pixels = number_format(settings.IMAGE_PIXELS // 1_000_000)
    places = {"pixels": pixels, "most": filesizeformat(settings.IMAGE_BYTES)}
    return str(WORDS.get(refusal, WORDS[Refusal.BROKEN])) % places
