"""What protects an account, read."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from community.members.codes import recovery_hash
from community.members.models import Member, SignedInPlace


@dataclass(frozen=True)
class Protection:
    """Params: codes_left, None where there are none to use up."""

    has_password: bool
    passkeys: list[Authenticator]
    app: Authenticator | None
    codes_left: int | None
    is_connected: bool


def protection_of(member: Member) -> Protection:
    """Two queries."""
    factors = list(Authenticator.objects.filter(user=member).order_by("created_at", "pk"))
    of_type = {kind: [each for each in factors if each.type == kind] for kind in Authenticator.Type}
    codes = of_type[Authenticator.Type.RECOVERY_CODES]
    return Protection(
        has_password=member.has_usable_password(),
        passkeys=of_type[Authenticator.Type.WEBAUTHN],
        app=next(iter(of_type[Authenticator.Type.TOTP]), None),
        codes_left=len(codes[0].data["hashes"]) if codes else None,
        is_connected=SocialAccount.objects.filter(user=member).exists(),
    )


def passkey_of(member: Member, passkey_id: int) -> Authenticator | None:
    found: Authenticator | None = Authenticator.objects.filter(
        user=member, type=Authenticator.Type.WEBAUTHN, pk=passkey_id
    ).first()
    return found


def own_codes(member: Member, codes: list[str]) -> list[str]:
    """Those of them that are still hers to use."""
    kept = Authenticator.objects.filter(user=member, type=Authenticator.Type.RECOVERY_CODES).first()
    return [code for code in codes if kept and recovery_hash(code) in kept.data["hashes"]]


def places_of(member: Member) -> list[SignedInPlace]:
    """Where she is signed in, the last used first."""
    standing = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    return list(SignedInPlace.objects.filter(Exists(standing), member=member).order_by("-last_used_at", "-pk"))
