"""Uploads in parts: begun, sent piece by piece from where the last one ended, finished. Answers are JSON.

| what | by |
| --- | --- |
| begin | POST account/files/new/ with `name`, `size`, `token`: the same token goes on where it was |
| how far | GET or HEAD account/files/ID/: `received`, and the header `Upload-Offset` |
| a part | PUT account/files/ID/?offset=N, its bytes as the body, at most 5 MiB; sent twice it counts once |
| finish | POST account/files/ID/finish/ |
"""

import re
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from community.files import shelf
from community.files.actions import OutOfOrder, begin_file, describe_file, finish_file, refuse_file, take_part
from community.files.choices import Refusal, State
from community.files.contents import HEAD_BYTES, NotTaken, found_at_start
from community.files.models import StoredFile
from community.files.names import clean_name
from community.files.queries import own_file
from community.files.words import refusal_words
from community.members.models import Member
from community.text.clean import UnfitText, clean_line

PART_BYTES = 5 * 1024 * 1024
LEAST_BYTES = 64 * 1024  # of a part that is not the last: a file has some hundreds, not millions
ALT_CHARACTERS = 300
TOKEN = re.compile("[!-~]{1,64}")


def said(file: StoredFile, *, status: int = 200) -> JsonResponse:
    shown = file.is_ready and file.is_image
    answer = JsonResponse(
        {
            "id": file.pk,
            "name": file.name,
            "size": file.size,
            "received": file.received,
            "state": file.state,
            "words": refusal_words(file),
            "kind": file.kind,
            "alt": file.alt,
            "picture": file.thumbnail if shown else "",
        },
        status=status,
    )
    answer["Upload-Offset"] = str(file.received)
    return answer


def _signed_out() -> JsonResponse:
    return JsonResponse({"error": "signed-out"}, status=401)


@never_cache
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    member = request.user
    if not isinstance(member, Member):
        return _signed_out()
    size, token = request.POST.get("size", ""), request.POST.get("token", "")
    if not (size.isascii() and size.isdigit() and len(size) < 16 and TOKEN.fullmatch(token)):
        return JsonResponse({"error": "size, token"}, status=400)
    name = clean_name(request.POST.get("name", ""))
    return said(begin_file(member, name=name, size=int(size), token=token), status=201)


@never_cache
@require_http_methods(["GET", "HEAD", "PUT"])
def part(request: HttpRequest, file_id: int) -> HttpResponse:
    """PUT answers with how much is here: 200 where it has the part, 409 where it does not follow, 422 if refused."""
    if not request.user.is_authenticated:
        return _signed_out()
    file = own_file(request.user, file_id)
    if request.method != "PUT":
        return said(file)
    offset = request.GET.get("offset", "")
    if not (offset.isascii() and offset.isdigit() and len(offset) < 16):
        return JsonResponse({"error": "offset"}, status=400)
    if int(offset) != file.received or file.state != State.ARRIVING:
        return said(file, status=200 if int(offset) < file.received else 409)
    content = request.read(PART_BYTES + 1)
    if not content or (not LEAST_BYTES <= len(content) <= PART_BYTES and len(content) != file.size - file.received):
        return JsonResponse({"error": "length"}, status=413)
    return kept(file, int(offset), content)


def kept(file: StoredFile, offset: int, content: bytes) -> HttpResponse:
    """The bytes go to the storage first, and are taken out again where they are not wanted."""
    if offset == 0 and (refusal := refused_at_start(content[:HEAD_BYTES])):
        return said(refuse_file(file.pk, refusal=refusal), status=422)
    path = shelf.put(f"{file.key}/parts/{offset}-{uuid4().hex[:8]}", content)
    try:
        return said(take_part(file, offset=offset, size=len(content), path=path))
    except OutOfOrder as error:  # sent twice at once, or more than was announced
        shelf.delete(path)
        return said(error.file, status=200 if offset < error.file.received else 409)
    except StoredFile.DoesNotExist as error:  # deleted meanwhile
        shelf.empty(file.key)
        raise Http404 from error


def refused_at_start(head: bytes) -> Refusal | None:
    """What no rest can mend need not come."""
    try:
        found_at_start(head)
    except NotTaken as error:
        return error.refusal
    return None


@never_cache
@require_POST
def finish(request: HttpRequest, file_id: int) -> HttpResponse:
    """409 where something is missing."""
    if not request.user.is_authenticated:
        return _signed_out()
    try:
        return said(finish_file(own_file(request.user, file_id)))
    except OutOfOrder as error:
        return said(error.file, status=409)


@never_cache
@require_POST
def describe(request: HttpRequest, file_id: int) -> HttpResponse:
    """What a picture shows, kept while one writes."""
    if not request.user.is_authenticated:
        return _signed_out()
    file = own_file(request.user, file_id)
    try:
        describe_file(file, alt=clean_line(request.POST.get("alt", ""))[:ALT_CHARACTERS])
    except UnfitText as error:
        return JsonResponse({"words": str(error)}, status=422)
    return HttpResponse(status=204)
