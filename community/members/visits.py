"""From where a request came."""

from django.conf import settings
from django.http import HttpRequest

from community.members.actions.places import Use


def use_of(request: HttpRequest, session_key: str, member_id: int) -> Use:
    return Use(session_key, member_id, request.headers.get("User-Agent", ""), _address_of(request))


def _address_of(request: HttpRequest) -> str:
    """The proxy's word where there is one in front: the last address is the one it saw itself."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.BEHIND_PROXY and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
