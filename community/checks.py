"""What production refuses to start with; each refusal names the variable to set."""

import re
import secrets
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

WEAK_SECRETS = ("prototype", "secret", "changeme", "insecure", "django-insecure")
MAIL_SCHEMES = ("smtp", "smtps", "submission", "submit", "console", "file", "memory", "dummy")  # of EMAIL_URL
SECRET_LENGTH = 50  # characters, as `manage.py check --deploy` asks
FITTING_NETLOC = re.compile(r"([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d+)?")  # no user, no wildcard


def insist(*, demonstration: bool, debug: bool, secret: str, origin: str) -> None:
    """Stop here unless the settings are fit for what this process is.

    Raises: ImproperlyConfigured, naming the variable, in production for a missing or weak secret,
    for DEBUG, for a missing or unprotected origin; and everywhere under `python -O` (a calendar
    library guards its output by assertions).
    """
    if not __debug__:
        raise ImproperlyConfigured(
            "Start Python without -O and with PYTHONOPTIMIZE unset: assertions guard the calendar feeds."
        )
    if demonstration:
        return
    if debug:
        raise ImproperlyConfigured("Set DEBUG=0: production never shows its inside.")
    if not secret:
        raise ImproperlyConfigured("Set SECRET_KEY to 50 random characters or more.")
    if is_weak(secret):
        raise ImproperlyConfigured(
            "Set SECRET_KEY to 50 random characters or more: the present one is too short or too plain."
        )
    if not is_origin(origin):
        raise ImproperlyConfigured(
            "Set PUBLIC_ORIGIN to the address that members type, such as https://frontline.example; "
            "http:// only where it is this machine's own."
        )


def insist_on_address(name: str, address: str, schemes: Collection[str]) -> None:
    """Raises: ImproperlyConfigured for what is no address of these schemes. Params: address, empty for none."""
    if address and urlsplit(address).scheme not in schemes:
        raise ImproperlyConfigured(
            f"Set {name} to an address that begins with {' or '.join(f'{each}://' for each in schemes)}."
        )


def is_weak(secret: str) -> bool:
    """Short, made of few characters, one thing again and again, or one of the words that people leave in place."""
    comes_again = secret in (secret + secret)[1:-1]
    is_short = len(secret) < SECRET_LENGTH or len(set(secret)) < 10
    return is_short or comes_again or any(secret.startswith(word) for word in WEAK_SECRETS)


def is_origin(origin: str) -> bool:
    """Scheme, host and port of one site and nothing more; unencrypted only on loopback."""
    parts = urlsplit(origin)
    if parts.geturl() != f"{parts.scheme}://{parts.netloc}" or not FITTING_NETLOC.fullmatch(parts.netloc):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1"))


def origin_of(address: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def providers_from(*, name: str, server: str, client: str, secret: str) -> dict[str, Any]:
    """What allauth wants to know of an OpenID Connect provider; nothing where none is named.

    Raises: ImproperlyConfigured where only a part is said, or where the talk with it would be open to others.
    """
    if not (name or server or client or secret):
        return {}
    if not (name and server and client and secret):
        raise ImproperlyConfigured("Set OIDC_NAME, OIDC_SERVER, OIDC_CLIENT and OIDC_SECRET, or none of them.")
    if not is_origin(origin_of(server)):
        raise ImproperlyConfigured(
            "Set OIDC_SERVER to an https:// address; http:// only where it is this machine's own."
        )
    settings = {"server_url": server, "oauth_pkce_enabled": True}
    app = {"provider_id": "oidc", "name": name, "client_id": client, "secret": secret, "settings": settings}
    return {"openid_connect": {"APPS": [app]}}


def insist_on_one_video_server(*, jitsi: str, bigbluebutton: str, secret: str) -> None:
    """Raises: ImproperlyConfigured where two are named, or one only in part, or where others could listen."""
    if jitsi and bigbluebutton:
        raise ImproperlyConfigured("Set JITSI_URL or BIGBLUEBUTTON_URL: sessions are held on one video server.")
    if bool(bigbluebutton) != bool(secret):
        raise ImproperlyConfigured(
            "Set both BIGBLUEBUTTON_URL and BIGBLUEBUTTON_SECRET, as `bbb-conf --secret` says them."
        )
    for name, address in (("JITSI_URL", jitsi), ("BIGBLUEBUTTON_URL", bigbluebutton)):
        if address and not is_origin(origin_of(address)):
            raise ImproperlyConfigured(
                f"Set {name} to an https:// address; http:// only where it is this machine's own."
            )


def demonstration_secret(data_dir: Path) -> str:
    """A secret made once and kept beside the demonstration's data."""
    kept = data_dir / "secret"
    if not kept.exists():
        kept.write_text(secrets.token_urlsafe(64))
        kept.chmod(0o600)
    return kept.read_text()


def refuse_demonstration_accounts() -> None:
    """For what serves or works in production: the demonstration's password is public.

    Raises: ImproperlyConfigured while one of its accounts exists.
    """
    if settings.DEMONSTRATION:
        return
    with ThreadPoolExecutor(1) as apart:  # a server may import us inside its event loop
        if apart.submit(_has_demonstration_accounts).result():
            raise ImproperlyConfigured(
                "The demonstration's accounts are in this database, and their password is public. "
                "Set DATABASE_URL (or DATA_DIR) to a database without them, or delete the members with "
                "is_demonstration; DEMONSTRATION=1 if this is meant to be the demonstration."
            )


def _has_demonstration_accounts() -> bool:
    try:
        return bool(apps.get_model(settings.AUTH_USER_MODEL).objects.filter(is_demonstration=True).exists())
    except DatabaseError:
        return False  # no tables yet, or no database: /readyz says so
    finally:
        connection.close()
