"""Archives are made, and accounts erased, by the worker."""

from community.facts.listeners import WORLD, listens
from community.facts.models import Fact
from community.privacy.actions import carry_out, finish_archive, sweep_archive
from community.privacy.archives import write_archive
from community.privacy.facts import ArchiveAsked, ArchiveOld, DepartureDue
from community.privacy.models import Archive, Departure


@listens(ArchiveAsked, lane=WORLD)
def make_archive(fact: Fact) -> None:
    """A file is no row of ours: made twice it is the same file, and told once."""
    archive = Archive.objects.select_related("member").filter(pk=fact.ids["archive_id"], ready_at=None).first()
    if archive is not None:
        write_archive(archive)
        finish_archive(archive, size_bytes=archive.path.stat().st_size)


@listens(ArchiveOld)
def sweep(fact: Fact) -> None:
    archive = Archive.objects.filter(pk=fact.ids["archive_id"]).first()
    if archive is not None:
        sweep_archive(archive)


@listens(DepartureDue)
def erase_who_left(fact: Fact) -> None:
    departure = Departure.objects.filter(pk=fact.ids["departure_id"]).first()
    if departure is not None:
        carry_out(departure)
