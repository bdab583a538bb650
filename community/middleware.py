"""Names each request, and says in the log how it was answered."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from community.facts.tracing import begin_trace
from community.measures import count_request

FITTING = re.compile(r"[A-Za-z0-9-]{8,36}\Z")
log = structlog.get_logger("frontline.requests")


class GzipsPages(GZipMiddleware):
    """Files go as they are: those that gain are packed already, and a range of bytes is one of the file's own."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if response.has_header("Accept-Ranges") else super().process_response(request, response)


class Traces:
    """Takes `X-Request-ID` where it is fit to be logged, else makes one, and gives it back.

    An address with a NUL is refused: it is nobody's question, and PostgreSQL cannot be asked it.
    """

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        identifier = given if FITTING.match(given) else str(uuid.uuid4())
        begin_trace(identifier)
        started = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = identifier
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        seconds = time.perf_counter() - started
        count_request(status=response.status_code, seconds=seconds)
        log.info(
            "answered",
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
        )
        return response

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Raises: BadRequest. Here, where the page that says so knows the reader and her language."""
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
