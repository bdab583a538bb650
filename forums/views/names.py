"""Whom `@` may call, asked while somebody types it."""

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from community.limits import allow
from community.members.models import Member
from forums.queries.names import members_meant

LONGEST_NAME = 40
TIMES_A_MINUTE = 120  # of one member: each letter asks


@require_safe
def names(request: HttpRequest) -> JsonResponse:
    """`?q=an&thread=12` → `{"members": [{handle, name}]}`. Only for members: nobody else can call anybody."""
    if not isinstance(request.user, Member):
        raise Http404
    if not allow(f"names:{request.user.pk}", times=TIMES_A_MINUTE, seconds=60):
        return JsonResponse({"members": []}, status=429)
    begun = "".join(char for char in request.GET.get("q", "")[:LONGEST_NAME] if char.isprintable()).strip()
    thread = request.GET.get("thread", "")
    thread_id = int(thread) if thread.isascii() and thread.isdigit() and len(thread) < 19 else None
    found = members_meant(request.user, begun, thread_id=thread_id) if begun else []
    response = JsonResponse({"members": [{"handle": each.handle, "name": each.name} for each in found]})
    response["Cache-Control"] = "private, no-store"
    return response
