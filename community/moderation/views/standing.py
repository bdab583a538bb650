"""How a member stands: her level and what comes next, what was decided about her, and asking about that."""

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.members.choices import Trust
from community.members.keeping import kept_fields, signed_out
from community.members.models import Member
from community.members.rules import can_write, visible_members
from community.members.rulings import insist
from community.moderation.actions import AlreadyAppealed, appeal, fix_trust, lift_silence
from community.moderation.forms import AppealForm, LiftForm, StandingForm
from community.moderation.queries import concerning, thing_for
from community.moderation.queries.decisions import public_log
from community.moderation.queries.trust import next_needs, standing_of
from community.moderation.rules import allowance, appealable, can_sanction

DECISIONS_SHOWN = 30


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
    """A member as moderators of the whole site see her, with what they may set by hand."""
    if not isinstance(request.user, Member):
        return signed_out(request, back=request.path)
    person = get_object_or_404(visible_members(request.user), handle=handle)
    insist(can_sanction(request.user, person))
    lifting = LiftForm(request.POST if "lift" in request.POST else None, prefix="lift")
    begun = {"to": person.trust, "is_fixed": person.is_trust_fixed}
    setting = StandingForm(request.POST if "set" in request.POST else None, initial=begun)
    if setting.is_bound and setting.is_valid():
        told = setting.cleaned_data
        fix_trust(person, to=Trust(told["to"]), is_fixed=told["is_fixed"], by=request.user, reason=told["reason"])
        return redirect("moderation:member", handle)
    if lifting.is_bound and lifting.is_valid():
        lift_silence(person, by=request.user, reason=lifting.cleaned_data["reason"])
        return redirect("moderation:member", handle)
    context = {
        "person": person,
        "standing": standing_of(person),
        "setting": setting,
        "lifting": lifting,
        "writing": can_write(person),
        "decisions": list(concerning(person)[:DECISIONS_SHOWN]),
    }
    return render(request, "moderation/member.html", context, status=422 if setting.errors or lifting.errors else 200)


@never_cache
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What was decided, without anybody's data: for guests too, as far as they may read the forum."""
    entries, page = public_log(request.user, request.GET.get("page"))
    return render(request, "moderation/log.html", {"entries": entries, "page": page})
