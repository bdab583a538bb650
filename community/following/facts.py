"""What happens to a member's choices. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FollowingChanged:
    """She follows something at another level, or no more."""

    member_id: int
