"""What happens to a member's notices. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NoticesChanged:
    """There is a new one, or one was read, withdrawn or brought back."""

    member_id: int
