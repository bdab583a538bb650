"""Passkeys: what a browser is asked, and whether its answer holds. Challenges wait in the session and serve once."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from community.members.models import Member

STATE = "passkey_challenge"
LONGEST_ANSWER = 16_384  # characters; a credential has some hundreds


class WrongPasskey(Exception):
    """The answer is not one to this challenge by a passkey of this account; which of it is nobody's to know."""


def passkeys_work(request: HttpRequest) -> bool:
    """Only where the host is a name, and the one that members type: a passkey belongs to it."""
    origin = urlsplit(settings.PUBLIC_ORIGIN)
    return request.get_host() == origin.netloc and is_name(origin.hostname or "")


def is_name(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(host)
    return False


def ask_for_new(request: HttpRequest, member: Member) -> dict[str, Any]:
    """What `navigator.credentials.create` takes. Those she has are named, so that none is made twice."""
    options, state = _server().register_begin(
        PublicKeyCredentialUserEntity(id=str(member.pk).encode(), name=member.email, display_name=member.name),
        credentials=[credential for credential, _ in credentials_of(member.pk)],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    request.session[STATE] = state
    return dict(options)


def new_credential(request: HttpRequest, answer: dict[str, Any]) -> str:
    """The credential that the browser made, as it is stored. Raises: WrongPasskey."""
    state = _taken(request)
    try:
        made = _server().register_complete(state, answer).credential_data
    except Exception as error:
        # The answer is a stranger's: its parser raises whatever it trips over.
        raise WrongPasskey from error
    if made is None:
        raise WrongPasskey
    return websafe_encode(bytes(made))


def ask_for_known(request: HttpRequest, member: Member | None = None) -> dict[str, Any]:
    """What `navigator.credentials.get` takes. Without a member any account's passkey will do, by its user's PIN
    or finger; no address is looked up for it, so nothing tells whether one has an account."""
    known = [credential for credential, _ in credentials_of(member.pk)] if member else []
    options, state = _server().authenticate_begin(
        known or None,
        UserVerificationRequirement.PREFERRED if member else UserVerificationRequirement.REQUIRED,
    )
    request.session[STATE] = state
    return dict(options)


def passkey_that_answered(request: HttpRequest, answer: dict[str, Any], member: Member | None = None) -> Authenticator:
    """Raises: WrongPasskey. One query, whoever the answer names."""
    state = _taken(request)
    owner_id = member.pk if member else _owner_named(answer)
    known = credentials_of(owner_id)
    try:
        used = _server().authenticate_complete(state, [credential for credential, _ in known], answer)
    except Exception as error:  # as above
        raise WrongPasskey from error
    return next(passkey for credential, passkey in known if credential.credential_id == used.credential_id)


def credentials_of(member_id: int) -> list[tuple[AttestedCredentialData, Authenticator]]:
    passkeys = Authenticator.objects.filter(user_id=member_id, type=Authenticator.Type.WEBAUTHN)
    return [
        (AttestedCredentialData(websafe_decode(passkey.data["credential"])), passkey)
        for passkey in passkeys.select_related("user").order_by("pk")
    ]


def _server() -> Fido2Server:
    """Django's hosts and fido2's subdomains are not enough: the origin is exactly ours."""
    host = urlsplit(settings.PUBLIC_ORIGIN).hostname or ""
    site = PublicKeyCredentialRpEntity(id=host, name=settings.SITE_NAME)
    return Fido2Server(site, verify_origin=lambda origin: origin == settings.PUBLIC_ORIGIN)


def _taken(request: HttpRequest) -> Any:
    state = request.session.pop(STATE, None)
    if state is None:
        raise WrongPasskey
    return state


def _owner_named(answer: dict[str, Any]) -> int:
    """The member whom the passkey says it is of; 0, who is nobody, where it says nothing fit."""
    try:
        named = websafe_decode(answer["response"]["userHandle"]).decode("ascii")
    except (KeyError, TypeError, ValueError, AttributeError):
        return 0
    return int(named) if named.isdecimal() and len(named) <= 15 else 0
