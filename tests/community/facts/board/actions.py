"""A board of notes, kept in tables that the site has: a note is an Organisation, its echo a Mail."""

from community.facts.actions import action, record
from community.members.models import Organisation
from tests.community.facts.board.facts import NotePinned

STREAM = "board"


@action
def pin(token: str) -> int:
    """The same token again pins nothing new."""
    note, is_new = Organisation.objects.get_or_create(slug=token, defaults={"name": token})
    if is_new:
        record(NotePinned(note_id=note.pk), streams=[STREAM])
    return note.pk
