"""A member's data in a file: asked for, ready, swept."""

import secrets
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from community.facts.actions import action, record
from community.mail.actions import write_mail
from community.mail.links import absolute
from community.members.models import Member
from community.members.rulings import insist
from community.privacy.facts import ArchiveAsked, ArchiveOld
from community.privacy.models import KEPT_FOR, Archive
from community.privacy.rules import can_ask_for_archive


@action
def ask_for_archive(member: Member) -> Archive:
    """The worker makes it. Raises: NotAllowed where she asked within the last day. Records: ArchiveAsked."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)  # two requests at once are one
    insist(can_ask_for_archive(member))
    archive = Archive.objects.create(member=member, file_name=f"{secrets.token_hex(16)}.zip")
    record(ArchiveAsked(archive.pk), actor_id=member.pk)
    return archive


@action
def finish_archive(archive: Archive, *, size_bytes: int) -> None:
    """It is made, and its member is told by mail, once however often it is made. Records: ArchiveOld, for later."""
    ready_at = timezone.now()
    if not Archive.objects.filter(pk=archive.pk, ready_at=None).update(ready_at=ready_at, size_bytes=size_bytes):
        return
    member = archive.member
    context = {"name": member.name, "link": absolute("privacy:data", language=member.language)}
    write_mail(to=member.email, language=member.language, kind="archive_ready", context=context)
    record(ArchiveOld(archive.pk), due_at=ready_at + KEPT_FOR)


@action
def sweep_archive(archive: Archive) -> None:
    """The file goes, and the row with it."""
    archive.delete()
    forget_file(archive.path)


def forget_file(path: Path) -> None:
    """Only once the rows are surely gone."""
    transaction.on_commit(partial(path.unlink, missing_ok=True))
