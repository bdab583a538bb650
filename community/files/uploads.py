"""A file that came whole, with a form that a browser sent by itself."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import pgettext

from community.files import shelf
from community.files.actions import begin_file, finish_file, take_part
from community.files.choices import Purpose
from community.files.contents import HEAD_BYTES, NotTaken, found_at_start
from community.files.models import StoredFile
from community.files.names import clean_name
from community.files.words import words_of
from community.members.models import Member
from community.members.rulings import NotAllowed


class Unwanted(Exception):
    """The file is not taken; the words say why, in the reader's language."""


class OwnerMayNot(Unwanted):
    """Whatever the file is: its owner may not bring one now. The words are for her alone."""


def take_whole(
    member: Member, upload: "UploadedFile[Any]", *, purpose: str = Purpose.ATTACHMENT, name: str = ""
) -> StoredFile:
    """Raises: Unwanted, OwnerMayNot. What only a whole look can tell is told later, by the file's state."""
    size = upload.size or 0
    if size > settings.PLAIN_UPLOAD_BYTES:
        words = pgettext(
            "why a file is refused", "Without JavaScript a file may have %(most)s at most, and this one has %(size)s."
        )
        most, has = filesizeformat(settings.PLAIN_UPLOAD_BYTES), filesizeformat(size)
        raise Unwanted(words % {"most": most, "size": has})
    head = upload.read(HEAD_BYTES)
    try:
        found_at_start(head)
    except NotTaken as error:
        raise Unwanted(words_of(error.refusal)) from error
    upload.seek(0)
    name = name or clean_name(upload.name or "")
    try:
        file = begin_file(member, name=name, size=size, token=uuid4().hex, purpose=purpose)
    except NotAllowed as error:
        raise OwnerMayNot(str(error.reason)) from error
    path = shelf.put(f"{file.key}/parts/0", upload.file or upload)
    return finish_file(take_part(file, offset=0, size=size, path=path))
