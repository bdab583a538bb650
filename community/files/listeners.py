"""What follows when files come and go. Late, twice or out of order: each looks at what is so now."""

from community.facts.listeners import HEAVY, listens
from community.facts.models import Fact
from community.files import shelf
from community.files.actions import forget_file, sweep_file
from community.files.choices import State
from community.files.facts import FileArrived, FileBegun, FileDropped, FolderLeft
from community.files.models import StoredFile
from community.files.preparation import prepare_file


@listens(FileArrived, lane=HEAVY)
def prepare(fact: Fact) -> None:
    prepare_file(fact.ids["file_id"])


@listens(FileDropped, lane=HEAVY)
def clear_away(fact: Fact) -> None:
    file = StoredFile.objects.filter(pk=fact.ids["file_id"], state=State.GONE).first()
    if file is not None:
        shelf.empty(file.key)
        forget_file(file.pk)


@listens(FolderLeft, lane=HEAVY)
def clear_away_what_came_late(fact: Fact) -> None:
    shelf.empty(fact.ids["key"])


@listens(FileBegun)
def sweep(fact: Fact) -> None:
    sweep_file(fact.ids["file_id"])
