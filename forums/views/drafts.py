"""Drafts on the server: what the page's script keeps while one writes."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from community.text.clean import UnfitText, clean_text
from forums.actions import DraftConflict, discard_draft, save_draft

PLACE = re.compile(r"(?:thread|forum|post):[0-9]{1,15}\Z")
FIELDS = {  # characters
    "title": 400,
    "body": 40_000,
    "tags": 400,
    "language": 8,
    "reply_to": 15,
    "answer": 15,
    "files": 400,
}


@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Answers `{version}`; 409 with the other device's text where that is newer; 403 for guests."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed-out"}, status=403)
    place, version = request.POST.get("place", ""), request.POST.get("version", "0")
    if not PLACE.match(place) or not (version.isascii() and version.isdigit() and len(version) < 9):
        return JsonResponse({"error": "place"}, status=400)
    try:
        fields = {
            name: clean_text(request.POST[name])[:most] for name, most in FIELDS.items() if request.POST.get(name)
        }
        draft = save_draft(request.user, place=place, fields=fields, version=int(version))
    except UnfitText as error:
        return JsonResponse({"error": "text", "message": str(error)}, status=400)
    except DraftConflict as conflict:
        return JsonResponse({"version": conflict.draft.version, "fields": conflict.draft.fields}, status=409)
    return JsonResponse({"version": draft.version})


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed-out"}, status=403)
    place = request.POST.get("place", "")
    if not PLACE.match(place):
        return JsonResponse({"error": "place"}, status=400)
    discard_draft(request.user, place)
    return HttpResponse(status=204)
