"""What happens to the schedule. Ids only; told on the stream `schedule`."""

from dataclasses import dataclass

SCHEDULE = "schedule"  # the stream


@dataclass(frozen=True)
class SeriesPublished:
    """A series was announced."""

    series_id: int


@dataclass(frozen=True)
class SessionChanged:
    session_id: int
    series_id: int


class SessionPublished(SessionChanged):
    """A session was put on the schedule."""


class SessionMoved(SessionChanged):
    """Its time is another."""


class SessionRetitled(SessionChanged):
    """Its title or abstract is another; so is the file that calendars read, but not its SEQUENCE."""


class SessionCancelled(SessionChanged):
    """It does not take place; calendars keep it, as cancelled."""


class SessionRestored(SessionChanged):
    """It takes place after all."""
