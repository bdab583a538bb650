"""Codes of authenticator apps, and recovery codes."""

import base64
import hashlib
import io
import secrets
import time
import unicodedata
from urllib.parse import quote, urlencode

import qrcode
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import constant_time_compare
from django.utils.encoding import force_bytes
from qrcode.image.svg import SvgPathFillImage

STEP_SECONDS = 30
RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like another
GROUPS, GROUP_LETTERS = 4, 4  # 79 bits: too many to be guessed, also by who has stolen the hashes


def new_secret() -> str:
    secret: str = generate_totp_secret()
    return secret


def step_of(secret: str, code: str) -> int | None:
    """The 30 seconds that this code is of, the present or a neighbour of it; None for a wrong code."""
    typed = "".join(str(unicodedata.decimal(letter)) for letter in code[:20] if letter.isdecimal())  # also ٣٤٥
    now = int(time.time() // STEP_SECONDS)
    for step in (now, now - 1, now + 1):
        if constant_time_compare(typed, format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def app_address(secret: str, email: str) -> str:
    """What the picture says: `otpauth://…`."""
    label = quote(f"{settings.SITE_NAME}:{email}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': settings.SITE_NAME})}"


def picture_of(address: str) -> str:
    """A QR code as an address for `<img>`: data, dark on light in either scheme."""
    drawn = io.BytesIO()
    qrcode.make(address, image_factory=SvgPathFillImage, border=2).save(drawn)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode()


def new_recovery_codes() -> list[str]:
    def group() -> str:
        return "".join(secrets.choice(ALPHABET) for _ in range(GROUP_LETTERS))

    return ["-".join(group() for _ in range(GROUPS)) for _ in range(RECOVERY_CODES)]


def recovery_hash(code: str) -> str:
    """However it was typed: with or without hyphens, in capitals, with spaces."""
    letters = "".join(letter for letter in code[:80].lower() if letter.isascii() and letter.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()


def sealed(secret: str) -> str:
    """A stolen copy of the database makes no codes: SECRET_KEY is not in it."""
    return _box().encrypt(secret.encode()).decode()


def unsealed(text: str) -> str:
    """A secret that nobody knows where SECRET_KEY was changed without SECRET_KEY_FALLBACKS: no code fits it."""
    try:
        return _box().decrypt(text.encode()).decode()
    except InvalidToken:
        return new_secret()


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"frontline.app-secret:" + force_bytes(key)).digest()))
        for key in keys
    )
