"""Second factors, and a passkey's device made of software."""

import hashlib
import json
import re
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

from community.members.actions import add_app, add_passkey
from community.members.models import Member
from tests.factories import codes

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ORIGIN = "http://localhost:8000"  # the demonstration's
PRESENT, VERIFIED = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.UV


def code_now(secret: str = SECRET, *, steps: int = 0) -> str:
    return codes.code_now(secret, steps=steps)


def give_app(member: Member) -> None:
    """An app that was set up long ago."""
    add_app(member, secret=SECRET, step=0)


def prove(client: Client, password: str) -> None:
    """Show once more that it is she, as the page asks before something that matters."""
    client.post("/account/prove/", {"password": password})


class Device:
    """Makes one passkey and answers for it."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = hashlib.sha256(str(id(self)).encode()).digest()
        public = ES256.from_cryptography_key(self.key.public_key())
        self.credential = AttestedCredentialData.create(b"\0" * 16, self.id, public)

    def give_to(self, member: Member, name: str = "Phone") -> "Device":
        add_passkey(member, name=name, credential=websafe_encode(bytes(self.credential)))
        return self

    def make(self, options: dict[str, Any], *, origin: str = ORIGIN) -> str:
        """The answer to `navigator.credentials.create`."""
        told = self._told("webauthn.create", options, origin)
        flags = PRESENT | VERIFIED | AuthenticatorData.FLAG.AT
        data = AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), flags, 1, self.credential)
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(data)})
        return self._answer(clientDataJSON=told, attestationObject=attestation)

    def use(
        self, options: dict[str, Any], *, owner: Member | None = None, origin: str = ORIGIN, verified: bool = True
    ) -> str:
        """The answer to `navigator.credentials.get`. Params: owner, whom it says it is of."""
        told = self._told("webauthn.get", options, origin)
        flags = PRESENT | VERIFIED if verified else PRESENT
        data = bytes(AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), flags, 2))
        signature = self.key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        handle = {"userHandle": str(owner.pk).encode()} if owner else {}
        return self._answer(clientDataJSON=told, authenticatorData=data, signature=signature, **handle)

    def _told(self, kind: str, options: dict[str, Any], origin: str) -> bytes:
        challenge = options["publicKey"]["challenge"]
        assert len(websafe_decode(challenge)) >= 16
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()

    def _answer(self, **response: bytes) -> str:
        said = {name: websafe_encode(value) for name, value in response.items()}
        name = websafe_encode(self.id)
        answer = {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}, "response": said}
        return json.dumps(answer)


def options_on(page: str) -> dict[str, Any]:
    """What a page asks of the browser's passkeys."""
    found = re.search(r'id="passkey-options" type="application/json">(.*?)</script>', page)
    assert found
    options: dict[str, Any] = json.loads(found[1].replace("\\u003C", "<").replace("\\u003E", ">"))
    return options
