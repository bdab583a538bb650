"""Where a session is held, and where its interpretation is heard: told to who may join it, and to nobody else."""

from django.contrib.auth.models import AnonymousUser

from i18n.languages import CODES
from webinars.models import Channel, Registration, Room, Session
from webinars.rules import can_join, is_open


def channels_for(registration: Registration, session: Session, *, language: str) -> list[Channel]:
    """The reader's language first; none for who may not join, and none before the room opens, where they stand too.
    One query, none where it is not interpreted.

    Params: session, the registration's.
    """
    guest = AnonymousUser()
    may_listen = is_open(guest, session) and can_join(guest, session, registration)
    return channels_of(session, language) if may_listen else []


def channels_of(session: Session, language: str) -> list[Channel]:
    """For a reader of whom it was asked whether she may join."""
    if not session.interpreted:
        return []
    return sorted(session.channels.all(), key=lambda each: (each.language != language, CODES.index(each.language)))


def room_of(session: Session) -> Room | None:
    """For a reader of whom it was asked whether she may join. None until organisers say where it is held."""
    return Room.objects.filter(session=session).first()
