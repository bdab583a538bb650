"""The files of a form: those it names, those that a browser sent along by itself, those that are to go.

Fields: `files`, ids parted by commas; `upload`, files; `drop`, ids that are not wanted any more; `alt-ID`, what a
picture shows; `attach`, the button by which a browser without scripts sends files before the rest.
"""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import npgettext

from community.files.models import StoredFile
from community.files.queries import attachable
from community.files.uploads import Unwanted, take_whole
from community.files.words import words_of
from community.members.models import Member
from community.text.clean import UnfitText, clean_line

ALT_CHARACTERS = 300
FIELD_CHARACTERS = 400


@dataclass(frozen=True)
class Chosen:
    """Params: files, in their order; alts, by file's id; errors, in words; wants_form, show the form again;
    most, how many there may be: None for as many as the site lets a post have.
    """

    files: tuple[StoredFile, ...] = ()
    alts: dict[int, str] = field(default_factory=dict)
    errors: tuple[str, ...] = ()
    wants_form: bool = False
    most: int | None = None

    @property
    def ids(self) -> list[int]:
        return [file.pk for file in self.files]

    @property
    def value(self) -> str:
        """As the form's field says it."""
        return ",".join(map(str, self.ids))

    @property
    def limits(self) -> dict[str, Any]:
        """What the form says beforehand."""
        return {
            "most": most_of(self.most),
            "too_many": too_many(most_of(self.most)),
            "document": settings.DOCUMENT_BYTES,
            "image": settings.IMAGE_BYTES,
        }

    def __bool__(self) -> bool:
        """Whether the rest of the form may be carried out."""
        return not (self.errors or self.wants_form)


def ids_in(value: str) -> list[int]:
    """Whatever is not an id is passed over."""
    words = (word.strip() for word in value[:FIELD_CHARACTERS].split(","))
    return [int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 16]


def most_of(most: int | None) -> int:
    return settings.FILES_A_POST if most is None else min(most, settings.FILES_A_POST)


def begun(member: Member, value: str, *, holder: str, held_id: int | None = None, most: int | None = None) -> Chosen:
    """What a form begins with. Params: value, of its field."""
    return Chosen(tuple(attachable(member, ids_in(value), holder=holder, held_id=held_id)), most=most)


def chosen(
    request: HttpRequest, member: Member, *, holder: str, held_id: int | None = None, most: int | None = None
) -> Chosen:
    """What a form that was sent says of files; those that came with it are taken in.

    Params: holder and held_id, what they are attached to or will be.
    """
    dropped = {pk for value in request.POST.getlist("drop") for pk in ids_in(value)}
    kept = [pk for pk in ids_in(request.POST.get("files", "")) if pk not in dropped]
    files = attachable(member, kept, holder=holder, held_id=held_id)
    errors = []
    uploads = [upload for upload in request.FILES.getlist("upload") if upload.name]
    fitting = most_of(most)
    if len(files) + len(uploads) > fitting:
        errors.append(too_many(fitting))
        uploads = uploads[: max(0, fitting - len(files))]
    for upload in uploads:
        try:
            files.append(take_whole(member, upload))
        except Unwanted as error:
            errors.append(f"{upload.name}: {error}")
    files, refused = files[:fitting], [file for file in files if file.is_refused]
    # What was refused after it had been taken in is said here, or nowhere: once it is attached, its post says so.
    errors += [f"{file.name}: {words_of(file.refusal)}" for file in refused if file.held_id is None]
    return Chosen(
        tuple(file for file in files if file not in refused),
        _alts(request, files),
        tuple(errors),
        "attach" in request.POST,
        most,
    )


def too_many(most: int) -> str:
    words = npgettext("why a file is refused", "At most %(most)s file.", "At most %(most)s files.", most)
    return words % {"most": most}


def _alts(request: HttpRequest, files: list[StoredFile]) -> dict[int, str]:
    """Of those that the form asked about. What cannot be shown is left as it was."""
    alts = {}
    for file in files:
        typed = request.POST.get(f"alt-{file.pk}")
        if typed is not None:
            try:
                alts[file.pk] = clean_line(typed)[:ALT_CHARACTERS]
            except UnfitText:
                continue
    return alts
