"""That it is still she: shown within the last minutes, before something that concerns the safety of an account.

allauth asks nothing of a member who has neither password nor second factor. Here she is asked for as everybody is:
she signs in once more at her provider.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def has_proved(request: HttpRequest, *, within: float | None = None) -> bool:
    if not request.user.is_authenticated:
        return False
    proofs = [each for each in get_authentication_records(request, request.user) if each.get("reauthenticated")]
    return bool(proofs) and is_fresh(proofs[-1]["at"], within=within)


def is_fresh(at: float, *, within: float | None = None) -> bool:
    """Params: at, seconds since 1970; within, seconds, the setting's few minutes where it is not said."""
    return bool(time.time() - at < (within or app_settings.REAUTHENTICATION_TIMEOUT))


def insist_on_proof(request: HttpRequest, *, within: float | None = None) -> None:
    """Params: within, seconds. Raises: ReauthenticationRequired, on which allauth leads to `account_reauthenticate`
    and back.
    """
    if not has_proved(request, within=within):
        raise ReauthenticationRequired


def proved(view: View) -> View:
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        insist_on_proof(request)
        return view(request, *args, **kwargs)

    return asked


def proved_to_act(view: View) -> View:
    """As `proved`, for pages that whoever is signed in may read: what is sent waits for the proof, and goes on."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            insist_on_proof(request)
        return view(request, *args, **kwargs)

    return asked
