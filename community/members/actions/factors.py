"""What protects an account beside its password: passkeys, an authenticator app, recovery codes, a provider.

Each change of it is told to the member by mail, and on `access`: the roles of staff may sleep or wake by it.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from community.facts.actions import action, record
from community.mail.actions import write_mail
from community.mail.links import absolute
from community.members.choices import ProtectionChange
from community.members.codes import new_recovery_codes, recovery_hash, sealed, step_of, unsealed
from community.members.facts import ProtectionChanged
from community.members.models import Member

APP, PASSKEY, CODES = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES
PROVIDER = "oidc"
MOST_PASSKEYS = 20


class TooManyPasskeys(Exception):
    """Nobody has so many devices."""


class ConnectedElsewhere(Exception):
    """Another account is signed in to by this identity."""


@action
def add_app(member: Member, *, secret: str, step: int) -> None:
    """Let an authenticator app be her second step, in place of another. Params: step, of the code that proved it."""
    _locked(member)
    Authenticator.objects.filter(user=member, type=APP).delete()
    Authenticator.objects.create(user=member, type=APP, data={"secret": sealed(secret), "step": step})
    _told(member, ProtectionChange.APP_ADDED)


@action
def remove_app(member: Member) -> None:
    _locked(member)
    if Authenticator.objects.filter(user=member, type=APP).delete()[0]:
        _told(member, ProtectionChange.APP_REMOVED)


@action
def add_passkey(member: Member, *, name: str, credential: str) -> None:
    """Params: credential, as community/members/passkeys.py gives it. Raises: TooManyPasskeys."""
    _locked(member)
    if Authenticator.objects.filter(user=member, type=PASSKEY).count() >= MOST_PASSKEYS:
        raise TooManyPasskeys
    Authenticator.objects.create(user=member, type=PASSKEY, data={"name": name, "credential": credential})
    _told(member, ProtectionChange.PASSKEY_ADDED)


@action
def rename_passkey(passkey: Authenticator, *, name: str) -> None:
    passkey.data = {**passkey.data, "name": name}
    passkey.save(update_fields=["data"])


@action
def remove_passkey(passkey: Authenticator) -> None:
    member: Member = passkey.user
    _locked(member)
    Authenticator.objects.filter(pk=passkey.pk).delete()
    _told(member, ProtectionChange.PASSKEY_REMOVED)


@action
def make_recovery_codes(member: Member) -> list[str]:
    """Ten new codes, of which only the hashes are kept; the old ones are void."""
    _locked(member)
    Authenticator.objects.filter(user=member, type=CODES).delete()
    codes = new_recovery_codes()
    hashes = [recovery_hash(code) for code in codes]
    Authenticator.objects.create(user=member, type=CODES, data={"hashes": hashes})
    _told(member, ProtectionChange.CODES_MADE)
    return codes


@action
def use_code(member: Member, *, code: str) -> Authenticator | None:
    """The app or the recovery codes that this code is of; None for a wrong one. Of all who use one, the first wins."""
    _locked(member)
    for factor in Authenticator.objects.filter(user=member, type__in=[APP, CODES]):
        left = _left_by_app(factor, code) if factor.type == APP else _left_by_codes(factor, code)
        if left is None:
            continue
        factor.data, factor.last_used_at = left, timezone.now()
        factor.save(update_fields=["data", "last_used_at"])
        if factor.type == CODES:
            _told(member, ProtectionChange.CODE_USED)
        return factor
    return None


@action
def note_passkey_used(passkey: Authenticator) -> None:
    Authenticator.objects.filter(pk=passkey.pk).update(last_used_at=timezone.now())


@action
def connect_provider(member: Member, *, uid: str) -> None:
    """Let this identity at the provider sign her in. Raises: ConnectedElsewhere."""
    known = SocialAccount.objects.filter(provider=PROVIDER, uid=uid).first()
    if known is not None:
        if known.user_id != member.pk:
            raise ConnectedElsewhere
        return
    SocialAccount.objects.create(user=member, provider=PROVIDER, uid=uid)
    _told(member, ProtectionChange.PROVIDER_ADDED)


@action
def disconnect_provider(member: Member) -> None:
    if SocialAccount.objects.filter(user=member, provider=PROVIDER).delete()[0]:
        _told(member, ProtectionChange.PROVIDER_REMOVED)


def _locked(member: Member) -> None:
    """One change of an account's means at a time: of twenty who use one code, one wins."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)


def _left_by_app(factor: Authenticator, code: str) -> dict[str, Any] | None:
    """What is kept once this code is used. An older code than the last does not serve, nor does the last again."""
    step = step_of(unsealed(factor.data["secret"]), code)
    return {**factor.data, "step": step} if step is not None and step > factor.data["step"] else None


def _left_by_codes(factor: Authenticator, code: str) -> dict[str, Any] | None:
    used, hashes = recovery_hash(code), factor.data["hashes"]
    return {"hashes": [each for each in hashes if each != used]} if used in hashes else None


def _told(member: Member, change: ProtectionChange) -> None:
    has_factor = Authenticator.objects.filter(user=member, type__in=[APP, PASSKEY]).exists()
    if not has_factor:  # codes stand in for a second step, and there is none
        Authenticator.objects.filter(user=member, type=CODES).delete()
    Member.objects.filter(pk=member.pk).update(has_second_factor=has_factor)
    member.has_second_factor = has_factor
    context = {
        "change": change.label,
        "name": member.name,
        "link": absolute("members:security", language=member.language),
    }
    write_mail(to=member.email, language=member.language, kind="protection_changed", context=context)
    record(ProtectionChanged(member.pk), streams=["access", f"member:{member.pk}"], actor_id=member.pk)
