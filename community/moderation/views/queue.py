"""What waits for moderators: the queue, and one thing of it with the form that decides."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.members.keeping import signed_out
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions import Outdated, claim, decide_item, release
from community.moderation.deeds import deeds_for
from community.moderation.forms import DecisionForm
from community.moderation.models import ReviewItem
from community.moderation.queries import decisions_on, item_for, items_page, shown_item
from community.moderation.queries.items import Filters, ShownItem
from community.moderation.rules import MODERATORS_ONLY, moderates_anything

BEFORE = 5  # earlier decisions shown


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, Member):
        return signed_out(request, back=request.path)
    if not moderates_anything(request.user):
        insist(MODERATORS_ONLY)
    filters = Filters(**{name: request.GET.get(name, "")[:40] for name in ("scope", "language", "kind")})
    found = items_page(request.user, filters, request.GET.get("page"))
    return render(request, "moderation/queue.html", {"found": found, "filters": filters})


@never_cache
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    if not isinstance(request.user, Member):
        return signed_out(request, back=request.path)
    found = item_for(request.user, item_id)
    shown = shown_item(request.user, found)
    if request.method != "POST":
        return show_item(request, shown)
    form = decision_form(request, shown, request.POST)
    if not form.is_valid():
        return show_item(request, shown, form=form, status=422)
    try:
        decided(request.user, shown, **form.cleaned_data)
    except Outdated:
        return show_outdated(request, item_id)
    messages.success(request, pgettext("after deciding", "It is decided."))
    return redirect("moderation:queue")


def decided(by: Member, shown: ShownItem, *, deed: str, days: int | str = 1, **told: Any) -> None:
    more: dict[str, Any] = {"days": int(days or 1)} if deed == "silence" else {}
    decide_item(shown.item, shown.thing, deed=deeds_for(by, shown)[deed], by=by, **told, **more)


def show_outdated(request: HttpRequest, item_id: int) -> HttpResponse:
    """As it stands now, with what was typed: nothing was done."""
    shown = shown_item(request.user, item_for(request.user, item_id))
    typed = request.POST.copy()
    typed["version"] = str(shown.item.version)
    form = decision_form(request, shown, typed)
    return show_item(request, shown, form=form, status=409, is_outdated=True)


def decision_form(request: HttpRequest, shown: ShownItem, data: Any = None) -> DecisionForm:
    first = next((report.reason for report in shown.item.reports.all()), "")
    initial = {"version": shown.item.version, "category": first}
    return DecisionForm(data, initial=initial, deeds=deeds_for(request.user, shown).values())


def show_item(
    request: HttpRequest,
    shown: ShownItem,
    *,
    form: DecisionForm | None = None,
    status: int = 200,
    is_outdated: bool = False,
) -> HttpResponse:
    context = {
        "shown": shown,
        "item": shown.item,
        "form": form or decision_form(request, shown),
        "is_outdated": is_outdated,
        "is_mine": shown.item.is_claimed and shown.item.claimed_by_id == request.user.pk,
        "decided_before": list(decisions_on(shown.thing)[:BEFORE]) if shown.thing is not None else [],
        "is_decider": request.user.pk in shown.decider_ids,
    }
    return render(request, "moderation/item.html", context, status=status)


@require_POST
def claim_item(request: HttpRequest, item_id: int) -> HttpResponse:
    return claimed(request, item_id, claim)


@require_POST
def release_item(request: HttpRequest, item_id: int) -> HttpResponse:
    return claimed(request, item_id, release)


def claimed(request: HttpRequest, item_id: int, act: Any) -> HttpResponse:
    if not isinstance(request.user, Member):
        return signed_out(request, back=request.path)
    found: ReviewItem = item_for(request.user, item_id)
    act(found, by=request.user)
    return redirect("moderation:item", item_id)
