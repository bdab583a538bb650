"""Files given out, each time after asking whether this reader may have them.

The question is asked in the request's one hop, on a thread; the bytes leave by an asynchronous iterator, so a slow
reader holds no thread. In the grown shape nginx sends them (`FILES_ACCEL`).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import closing
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header, parse_etags
from django.views.decorators.http import require_safe

from community.files import shelf
from community.files.choices import Purpose
from community.files.models import StoredFile
from community.files.queries import file_for
from community.files.ranges import OutOfRange, wanted
from community.files.rules import is_public

PIECE_BYTES = 256 * 1024
# What is opened by itself, in whatever browser, runs nothing, loads nothing and is nobody's origin.
SANDBOX = "default-src 'none'; style-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


@require_safe
def file(request: HttpRequest, file_id: int, name: str) -> HttpResponseBase:
    """404 for whoever may not see what it is attached to. Params of the address: size, the least width of a picture."""
    found = file_for(request.user, file_id)
    if name != found.name:
        return redirect(f"{found.address}{'?' if request.GET else ''}{request.GET.urlencode()}")
    copy = found.copy_of(_width(request))
    etag = f'"{found.sha256[:32]}-{copy["width"]}"'
    if etag in _etags(request):
        return _headed(HttpResponse(status=304), found, etag)
    return _headed(bytes_of(request, path=copy["path"], size=copy["bytes"], etag=etag), found, etag)


def bytes_of(request: HttpRequest, *, path: str, size: int, etag: str) -> HttpResponseBase:
    """What stands in the storage, whole or in the part asked for. The headers that say what it is are for the caller.

    Params: size, in bytes; etag, in its quotation marks.
    """
    response = _by_nginx(path) if settings.FILES_ACCEL else _bytes(request, path, size, etag)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response


def _width(request: HttpRequest) -> int | None:
    size = request.GET.get("size", "")
    return int(size) if size.isascii() and size.isdigit() and len(size) < 6 else None


def _etags(request: HttpRequest) -> list[str]:
    return [etag.removeprefix("W/") for etag in parse_etags(request.headers.get("If-None-Match", ""))]


def _bytes(request: HttpRequest, path: str, size: int, etag: str) -> HttpResponseBase:
    part = range(size)
    response: HttpResponseBase
    try:
        asked = wanted(request.headers.get("Range", ""), len(part))
    except OutOfRange:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    if asked is not None and request.headers.get("If-Range", etag) == etag:
        part = asked
    response = HttpResponse() if request.method == "HEAD" else StreamingHttpResponse(pieces(path, part))
    response["Content-Length"] = str(len(part))
    if len(part) < size:
        response.status_code = 206
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return response


async def pieces(path: str, part: range) -> AsyncIterator[bytes]:
    """On the loop; each reading on a thread. Params: part, which bytes."""
    content = await asyncio.to_thread(shelf.shelf().open, path, "rb")
    with closing(content):
        await asyncio.to_thread(content.seek, part.start)
        left = len(part)
        while left and (piece := await asyncio.to_thread(content.read, min(left, PIECE_BYTES))):
            left -= len(piece)
            yield piece


def _by_nginx(path: str) -> HttpResponse:
    """nginx sends the file and sees to ranges; here alone is assumed that the storage is a directory it can read."""
    response = HttpResponse()
    response["X-Accel-Redirect"] = f"{settings.FILES_ACCEL.rstrip('/')}/{quote(path)}"
    return response


def _headed(response: HttpResponseBase, file: StoredFile, etag: str) -> HttpResponseBase:
    response["Content-Type"] = file.media_type
    response["Content-Disposition"] = content_disposition_header(not file.is_image, file.name) or "inline"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Cache-Control"] = caching(file)
    return response


def caching(file: StoredFile) -> str:
    """What is hidden is gone: caches ask each time, and are told in a word whether theirs still stands.

    A face, which stands on many pages, may be ten minutes old; a new one has another address.
    """
    if file.purpose == Purpose.PHOTO:
        return "private, max-age=600"
    return "public, no-cache" if is_public(file) else "private, no-cache"
