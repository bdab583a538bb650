"""What changes on open pages of a session. They fetch themselves afresh: what is hers alone stands on them too."""

from community.facts.models import Fact
from community.live.streams import StreamKind, Thing, provides
from webinars.queries.watchers import classes_in_session


def whole_page(session_id: int, facts: list[Fact], language: str, audience: str) -> list[Thing] | None:
    """Every news is worth the page."""
    return None


provides(StreamKind("session", classes_in_session, whole_page))
