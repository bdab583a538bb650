"""What happens to members and cities. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AccountAsked:
    """Somebody asked for an account or a new password; the worker answers by mail."""

    request_id: int


@dataclass(frozen=True)
class MemberFact:
    member_id: int


class MemberJoined(MemberFact):
    """An account was opened."""


class MemberChanged(MemberFact):
    """What her page and her posts show of her is another."""


class MemberMoved(MemberFact):
    """She works for another city: what is for cities alone, others may see now."""


class AffiliationConfirmed(MemberFact):
    """Her city, or a moderator, says that she works there: she may speak for it."""


class AffiliationUnconfirmed(MemberFact):
    """She may not speak for her city any more."""


class MemberRolesChanged(MemberFact):
    """She may do other things than before."""


@dataclass(frozen=True)
class MemberTrustChanged(MemberFact):
    """How well the community knows her: the level now, and the one before."""

    level: int
    before: int


class MemberSilenced(MemberFact):
    """Until a day she reads and does not write."""


class MemberUnsilenced(MemberFact):
    """She may write again before that day."""


class MemberClosedOut(MemberFact):
    """She was suspended, or leaves: she is not shown and may not sign in."""


class MemberLetBackIn(MemberFact):
    """She is neither suspended nor leaves any more."""


class PasswordChanged(MemberFact):
    """Her password is another: every other device is signed out."""


class MemberSignedOut(MemberFact):
    """One of her sessions is over."""


class ProtectionChanged(MemberFact):
    """She signs in by other means than before: passkeys, an app, codes, a provider."""


class AddressChanged(MemberFact):
    """She signs in, and we write to her, at another address."""


@dataclass(frozen=True)
class CityChanged:
    """Its name, description or place is another."""

    city_id: int


@dataclass(frozen=True)
class CircleChanged:
    """Its people are others."""

    circle_id: int
