"""Where the interpretation of a session is heard: told to who may join it, and to nobody else."""

from i18n.languages import CODES
from webinars.models import Channel, Registration, Session
from webinars.rules import can_join


def channels_for(registration: Registration, session: Session, *, language: str) -> list[Channel]:
    """The reader's language first; none for who may not join. One query, none where it is not interpreted.

    Params: session, the registration's.
    """
    if not session.interpreted or not can_join(registration, session):
        return []
    return sorted(session.channels.all(), key=lambda each: (each.language != language, CODES.index(each.language)))
