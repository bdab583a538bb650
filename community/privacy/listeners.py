"""Archives are made and cleared away, and accounts erased, by the worker."""

from secrets import token_hex

from community.facts.listeners import HEAVY, listens
from community.facts.models import Fact
from community.files import shelf
from community.privacy.actions import carry_out, finish_archive, sweep_archive
from community.privacy.archives import written_archive
from community.privacy.facts import ArchiveAsked, ArchiveDropped, ArchiveOld, DepartureDue
from community.privacy.models import Archive, Departure, folder_of


@listens(ArchiveAsked, lane=HEAVY)
def make_archive(fact: Fact) -> None:
    """Each try writes to a place of its own: one that was given up, and goes on nevertheless, spoils no other."""
    archive = Archive.objects.select_related("member").filter(pk=fact.ids["archive_id"], ready_at=None).first()
    if archive is None:
        return
    with written_archive(archive.member) as (content, size_bytes):
        path = shelf.put(f"{folder_of(archive.pk)}/{token_hex(16)}.zip", content)
    if not finish_archive(archive, path=path, size_bytes=size_bytes):
        shelf.delete(path)  # another try was faster, or she is gone meanwhile


@listens(ArchiveOld)
def sweep(fact: Fact) -> None:
    archive = Archive.objects.filter(pk=fact.ids["archive_id"]).first()
    if archive is not None:
        sweep_archive(archive)


@listens(ArchiveDropped, lane=HEAVY)
def clear_away(fact: Fact) -> None:
    shelf.empty(folder_of(fact.ids["archive_id"]))


@listens(DepartureDue)
def erase_who_left(fact: Fact) -> None:
    departure = Departure.objects.filter(pk=fact.ids["departure_id"]).first()
    if departure is not None:
        carry_out(departure)
