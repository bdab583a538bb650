"""How a member stands: her level and what comes next, what was decided about her, and asking about that."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.live.keep import keep
from community.members.keeping import kept_fields, signed_out
from community.members.models import Member
from community.members.rules import can_suspend, can_write, is_administrator, visible_members
from community.members.rulings import YES, insist
from community.moderation.actions import (
    AlreadyAppealed,
    appeal,
    fix_trust,
    let_member_back_in,
    lift_silence,
    suspend_member,
)
from community.moderation.facts import DECISIONS
from community.moderation.forms import AppealForm, LiftForm, StandingForm
from community.moderation.queries import concerning, thing_for
from community.moderation.queries.decisions import public_log
from community.moderation.queries.trust import next_needs, standing_of
from community.moderation.rules import allowance, appealable, can_sanction

DECISIONS_SHOWN = 30
DEEDS: dict[str, Callable[..., Any]] = {
    "set": fix_trust,
    "lift": lift_silence,
    "suspend": suspend_member,
    "let-in": let_member_back_in,
}


@never_cache
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, Member):
        return signed_out(request, back=request.path)
    context = {
        "standing": standing_of(request.user),
        "next": next_needs(request.user),
        "allowance": allowance(request.user),
        "writing": can_write(request.user),
        "decisions": list(concerning(request.user)[:DECISIONS_SHOWN]),
        "appealable": set(appealable(request.user).values_list("pk", flat=True)[:DECISIONS_SHOWN]),
    }
    return render(request, "moderation/standing.html", context)


@never_cache
def ask_again(request: HttpRequest, kind: str, target_id: int) -> HttpResponse:
    """About the latest decision against her on this thing."""
    if not isinstance(request.user, Member):
        return signed_out(request, back=request.path)
    known, thing = thing_for(request.user, kind, target_id)
    here = {"target_type": ContentType.objects.get_for_model(known.model), "target_id": target_id}
    found = appealable(request.user).filter(**here).first()
    if found is None:
        if concerning(request.user).filter(**here, appeal__isnull=False).exists():
            return redirect("moderation:standing")
        raise Http404
    form = AppealForm(request.POST or None, initial=kept_fields(request, back=request.path))
    if request.method == "POST" and form.is_valid():
        try:
            appeal(found, thing, kind=known, by=request.user, **form.cleaned_data)
        except AlreadyAppealed:
            pass
        return redirect("moderation:standing")
    context = {"form": form, "decision": found, "excerpt": known.excerpt(thing), "back": known.address(thing)}
    return render(request, "moderation/appeal.html", context, status=422 if form.errors else 200)


@never_cache
def member(request: HttpRequest, handle: str) -> HttpResponse:
    """A member as moderators of the whole site see her, with what they may set by hand; administrators also see
    those who are suspended.
    """
    if not isinstance(request.user, Member):
        return signed_out(request, back=request.path)
    people = Member.objects.all() if is_administrator(request.user) else visible_members(request.user)
    person = get_object_or_404(people, handle=handle)
    closing, sanctioning = can_suspend(request.user, person), can_sanction(request.user, person)
    insist(YES if closing else sanctioning)
    asked = forms_about(request, person)
    for name, form in asked.items():
        if form.is_bound and form.is_valid():
            DEEDS[name](person, by=request.user, **form.cleaned_data)
            return redirect("moderation:member", handle)
    context = {
        "person": person,
        "standing": standing_of(person),
        "setting": asked["set"],
        "lifting": asked["lift"],
        "closing": closing and asked["let-in" if person.is_suspended else "suspend"],
        "sanctioning": sanctioning,
        "writing": can_write(person),
        "decisions": list(concerning(person)[:DECISIONS_SHOWN]),
    }
    status = 422 if any(form.errors for form in asked.values()) else 200
    return render(request, "moderation/member.html", context, status=status)


def forms_about(request: HttpRequest, person: Member) -> dict[str, Form]:
    """By the deed that each asks about; bound is the one whose button was pressed."""
    sent = {name: request.POST if name in request.POST else None for name in DEEDS}
    begun = {"to": person.trust, "is_fixed": person.is_trust_fixed}
    reasons = {name: LiftForm(sent[name], prefix=name) for name in DEEDS if name != "set"}
    return {"set": StandingForm(sent["set"], initial=begun), **reasons}


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What was decided, without anybody's data: for guests too, as far as they may read the forum."""
    keep(request, DECISIONS)
    entries, page = public_log(request.user, request.GET.get("page"))
    return render(request, "moderation/log.html", {"entries": entries, "page": page})
