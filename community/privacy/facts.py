"""What happens to members' data as a whole. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ArchiveAsked:
    """A member wants her data in a file."""

    archive_id: int


@dataclass(frozen=True)
class ArchiveOld:
    """Its days are over. Recorded for then."""

    archive_id: int


@dataclass(frozen=True)
class ArchiveDropped:
    """It is nobody's any more: its bytes go."""

    archive_id: int


@dataclass(frozen=True)
class DepartureDue:
    """The days of grace are over. Recorded for then; where she has thought again there is no such departure."""

    departure_id: int


@dataclass(frozen=True)
class MemberErased:
    """Her account is gone, and all that was hers alone; what stays bears no name."""

    member_id: int
