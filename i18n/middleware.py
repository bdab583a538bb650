"""The address alone decides the language; the member decides the zone."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import get_language_from_request

from i18n.languages import CODES, DEFAULT, known
from i18n.zones import zone

GetResponse = Callable[[HttpRequest], HttpResponse]


def language_of(path: str) -> str:
    """`/es/forums/` is Spanish, `/forums/` is English, whatever the reader's browser prefers."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in CODES and first != DEFAULT else DEFAULT


class AddressLanguage:
    """Speaks the address's language while a request is answered. Only `/` sends the reader elsewhere."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request.path_info)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            if request.path_info == "/" and (wanted := self.wanted(request)) != DEFAULT:
                response: HttpResponse = redirect(f"/{wanted}/")
                response["Vary"] = "Cookie, Accept-Language"
                return response
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

    def wanted(self, request: HttpRequest) -> str:
        """The reader's language by cookie, else by browser. (Signing in sets the cookie to the member's.)"""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        return chosen if chosen in CODES else known(get_language_from_request(request))


class ReadersZone:
    """Says times in the zone of the signed-in member; guests get UTC, re-said by their browser."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        member: Any = request.user
        with timezone.override(zone(member.timezone if member.is_authenticated else "UTC")):
            return self.get_response(request)
