"""Drafts on the server: what the page's script keeps while one writes, and the list of them."""

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.members.keeping import is_by_script, sign_in_first
from community.members.views.joining import safe_next
from community.text.clean import UnfitText, clean_text
from forums.actions import DraftConflict, bring_draft_back, discard_draft, save_draft, settle_draft
from forums.models import Draft
from forums.queries import draft_with_id, drafts_of
from forums.queries.drafts import place_of, whole_text_of
from forums.views.board import page_number
from forums.views.bookmarks import reader

PLACE = re.compile(r"(?:thread|forum|post):[0-9]{1,15}\Z")
FIELDS = {"title": 400, "body": 40_000, "tags": 400, "language": 8, "reply_to": 15, "answer": 15}  # characters
FIELDS |= {"poll-question": 400, "poll-options": 3_000, "poll-results": 8, "poll-closes_at": 20, "files": 400}
FIELDS |= {"poll-is_multiple": 8}
CHOICES = {"this", "other", "both"}


@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Answers `{version}`; 409 with the other device's text where that is newer; 403 for guests."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed-out"}, status=403)
    place, version = request.POST.get("place", ""), request.POST.get("version", "0")
    if not PLACE.match(place) or not (version.isascii() and version.isdigit() and len(version) < 9):
        return JsonResponse({"error": "place"}, status=400)
    try:
        draft = save_draft(
            request.user,
            place=place,
            fields=typed(request.POST),
            version=int(version),
            is_settled="settled" in request.POST,
            device=request.POST.get("device", "")[:40],
        )
    except UnfitText as error:
        return JsonResponse({"error": "text", "message": str(error)}, status=400)
    except DraftConflict as conflict:
        return JsonResponse({"version": conflict.draft.version, "fields": conflict.draft.fields}, status=409)
    return JsonResponse({"version": draft.version})


def typed(form: QueryDict) -> dict[str, Any]:
    """Raises: UnfitText."""
    return {name: clean_text(str(form[name]))[:most] for name, most in FIELDS.items() if form.get(name)}


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """The button of a writing form, which sends what stands in it along: it can be brought back.

    The next page tells the page's script that the draft is no more, so that the device forgets it.
    """
    place, back = request.POST.get("place", ""), safe_next(request)
    if not request.user.is_authenticated:
        if back and not is_by_script(request):
            return sign_in_first(request, back=back)
        return JsonResponse({"error": "signed-out"}, status=403)
    if not PLACE.match(place):
        return JsonResponse({"error": "place"}, status=400)
    try:
        fields = typed(request.POST)
    except UnfitText:
        fields = {}
    discarded = discard_draft(request.user, place, typed=fields if fields.get("body") else None)
    if not back:
        return HttpResponse(status=204)
    if discarded is not None:
        messages.success(request, words_after_discarding())
    return redirect(f"{back}{'&' if '?' in back else '?'}sent={place}")


def words_after_discarding() -> str:
    return pgettext("after discarding a draft", "Your draft is discarded. For a week you find it under Drafts.")


@require_safe
@never_cache
@login_required
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "forums/drafts.html", {"page": drafts_of(reader(request), page_number(request))})


@never_cache
@login_required
def both(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Two texts of two devices beside each other, until she has chosen; then on to writing."""
    draft = draft_with_id(reader(request), draft_id)
    begun = place_of(reader(request), draft)
    if request.method == "POST":
        if request.POST.get("keep") not in CHOICES:
            raise Http404
        settle_draft(draft, keep=request.POST["keep"])
        return redirect_forgetting(draft, begun.url)
    if draft.other is None:
        return redirect(begun.url or "forums:drafts")
    texts = {"this": whole_text_of(reader(request), draft.fields), "other": whole_text_of(reader(request), draft.other)}
    context = {"begun": begun, **texts}
    return render(request, "forums/draft_texts.html", context)


def redirect_forgetting(draft: Draft, url: str) -> HttpResponse:
    """The device's own copy gives way to what she has just chosen."""
    if not url:
        return redirect("forums:drafts")
    path, _, anchor = url.partition("#")
    return redirect(f"{path}?sent={draft.place}{'#' if anchor else ''}{anchor}")


@require_POST
@login_required
def discard_listed(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft = draft_with_id(reader(request), draft_id)
    discard_draft(reader(request), draft.place)
    messages.success(request, pgettext("after discarding a draft", "The draft is discarded."))
    return redirect("forums:drafts")


@require_POST
@login_required
def bring_back(request: HttpRequest, draft_id: int) -> HttpResponse:
    bring_draft_back(draft_with_id(reader(request), draft_id))
    messages.success(request, pgettext("after bringing a draft back", "The draft is back."))
    return redirect("forums:drafts")
