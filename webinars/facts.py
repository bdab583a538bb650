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
