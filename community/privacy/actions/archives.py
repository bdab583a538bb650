"""A member's data in a file: asked for, ready, swept. Its bytes are put and taken away outside of here."""

from django.db.models import QuerySet
from django.utils import timezone

from community.facts.actions import action, record
from community.mail.actions import write_mail
from community.mail.links import absolute
from community.members.models import Member
from community.members.rulings import insist
from community.personal.ports import Person
from community.privacy.facts import ArchiveAsked, ArchiveDropped, ArchiveOld
from community.privacy.models import KEPT_FOR, Archive
from community.privacy.rules import can_ask_for_archive


@action
def ask_for_archive(member: Member) -> Archive:
    """The worker makes it. Raises: NotAllowed where she asked within the last day. Records: ArchiveAsked."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)  # two requests at once are one
    insist(can_ask_for_archive(member))
    archive = Archive.objects.create(member=member)
    record(ArchiveAsked(archive.pk), actor_id=member.pk)
    return archive


@action
def finish_archive(archive: Archive, *, path: str, size_bytes: int) -> bool:
    """It is made, and its member is told by mail, once however often it is made. Records: ArchiveOld, for later.

    Returns: whether these bytes are the ones that are kept.
    """
    ready_at = timezone.now()
    waiting = Archive.objects.filter(pk=archive.pk, ready_at=None)
    if not waiting.update(ready_at=ready_at, path=path, size_bytes=size_bytes):
        return False
    member = archive.member
    context = {"name": member.name, "link": absolute("privacy:data", language=member.language)}
    write_mail(to=member.email, language=member.language, kind="archive_ready", context=context)
    record(ArchiveOld(archive.pk), due_at=ready_at + KEPT_FOR)
    return True


@action
def sweep_archive(archive: Archive) -> None:
    """The row goes at once, its bytes by a delivery. Records: ArchiveDropped."""
    _drop(Archive.objects.filter(pk=archive.pk))


@action
def forget_archives(person: Person) -> None:
    """Those of who is erased. Records: ArchiveDropped for each."""
    _drop(Archive.objects.filter(member_id=person.id))


def _drop(archives: "QuerySet[Archive]") -> None:
    for archive_id in archives.order_by("pk").values_list("pk", flat=True):
        record(ArchiveDropped(archive_id))
    archives.delete()
