"""From which place on the network somebody asks. The proxy's word where there is one in front, and nobody else's."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def address_of_request(request: HttpRequest) -> str:
    return _said(request.headers.get("X-Forwarded-For", ""), str(request.META.get("REMOTE_ADDR", "")))


def address_of_scope(scope: Mapping[str, Any]) -> str:
    forwarded = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
    return _said(b",".join(forwarded).decode("latin1"), str((scope.get("client") or ["", 0])[0]))


def _said(forwarded: str, peer: str) -> str:
    """The last address is the one that the proxy saw itself."""
    return forwarded.rpartition(",")[2].strip() if settings.BEHIND_PROXY and forwarded else peer
