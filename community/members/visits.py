"""From where a request came."""

from django.http import HttpRequest

from community.limits.addresses import address_of_request
from community.members.actions.places import Use


def use_of(request: HttpRequest, session_key: str, member_id: int) -> Use:
    return Use(session_key, member_id, request.headers.get("User-Agent", ""), address_of_request(request))
