from __future__ import annotations

from typing import Any, TypedDict

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from community.files.choices import Kind, Purpose, Refusal, State

IMAGE_EXTENSIONS = ("JPG", "JPEG", "PNG", "WEBP", "GIF")
LISTED_WIDTH = 480  # pixels: of a picture in a list of pictures


class Copy(TypedDict):
    """What is given out: of a document itself, of a picture one of its sizes. `path` is the storage's."""

    width: int
    height: int
    bytes: int
    path: str


class StoredFile(models.Model):
    """What a member has uploaded. Its bytes stand in the storage, in a folder called `key`.

    What it is attached to is told by the name of a holder (community/files/ports.py) and a plain id.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="files")
    key = models.CharField(max_length=40, unique=True)
    token = models.CharField(max_length=64)  # the client's, one an upload
    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.ATTACHMENT)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices, default="", blank=True)  # by what is in it
    media_type = models.CharField(max_length=100, default="", blank=True)  # by what is in it
    size = models.BigIntegerField()  # bytes: as announced, then as kept
    received = models.BigIntegerField(default=0)  # bytes
    sha256 = models.CharField(max_length=64, default="", blank=True)  # of what was uploaded
    state = models.CharField(max_length=10, choices=State.choices, default=State.ARRIVING)
    refusal = models.CharField(max_length=10, choices=Refusal.choices, default="", blank=True)
    copies = models.JSONField(default=list)  # of Copy, the smallest first
    alt = models.CharField(max_length=300, default="", blank=True)  # what a picture shows, for those who do not see it
    held_by = models.CharField(max_length=40, default="", blank=True)
    held_id = models.BigIntegerField(null=True)
    position = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["held_by", "held_id", "position"], name="files_of_a_thing"),
            models.Index(fields=["owner", "-id"], name="files_of_a_member"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "token"], name="one_arriving_file_a_token", condition=Q(state=State.ARRIVING)
            ),
            models.CheckConstraint(
                condition=Q(held_by="", held_id=None) | Q(held_id__isnull=False), name="a_held_file_names_its_holder"
            ),
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def is_image(self) -> bool:
        return self.kind == Kind.IMAGE

    @property
    def passes_for_image(self) -> bool:
        """By what is in it; while that is not known, by what it is called."""
        return self.is_image if self.kind else self.extension in IMAGE_EXTENSIONS

    @property
    def is_ready(self) -> bool:
        return self.state == State.READY

    @property
    def is_refused(self) -> bool:
        return self.state == State.REFUSED

    @property
    def address(self) -> str:
        return reverse("file", args=[self.pk, self.name])

    @property
    def extension(self) -> str:
        """As people say it: PDF, XLSX."""
        return self.name.rpartition(".")[2].upper()

    @property
    def sources(self) -> str:
        """A picture's sizes, as `srcset` names them."""
        return ", ".join(f"{self.address}?size={copy['width']} {copy['width']}w" for copy in self.copies)

    @property
    def thumbnail(self) -> str:
        return f"{self.address}?size={LISTED_WIDTH}"

    @property
    def largest(self) -> Copy:
        return self.copies[-1]  # type: ignore[no-any-return]  # JSON

    def copy_of(self, width: int | None) -> Copy:
        """The smallest that is wide enough; the largest where none is, or no width is asked for."""
        fitting: list[Any] = [copy for copy in self.copies if width is not None and copy["width"] >= width]
        return fitting[0] if fitting else self.largest


class Part(models.Model):
    """Bytes of a file that is still arriving, from `offset` on."""

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="parts")
    offset = models.BigIntegerField()
    size = models.BigIntegerField()
    path = models.CharField(max_length=120)

    class Meta:
        ordering = ["offset"]
        constraints = [models.UniqueConstraint(fields=["file", "offset"], name="one_part_an_offset")]

    def __str__(self) -> str:
        return f"{self.file_id} from {self.offset}"
