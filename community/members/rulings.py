"""What a rule answers: yes, or no with a reason that may be shown."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise

from community.members.models import Member

Viewer = Member | AnonymousUser


@dataclass(frozen=True)
class Ruling:
    """True or false in an `if`; `reason` says why not, in the reader's language once shown."""

    allowed: bool
    reason: Promise | str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Ruling(True)


def no(reason: Promise | str) -> Ruling:
    return Ruling(False, reason)


class NotAllowed(PermissionDenied):
    """Somebody who may see a thing may not do this with it: a 403 with the reason."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(reason)
        self.reason = reason


def insist(ruling: Ruling) -> None:
    """Raises: NotAllowed, with the ruling's reason, where it is a no."""
    if not ruling:
        raise NotAllowed(ruling.reason)
