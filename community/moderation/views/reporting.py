"""A member reports something, reads that it was heard, and may take it back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from community.members.keeping import kept_fields, signed_out
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions import report, withdraw_report
from community.moderation.forms import ReportForm
from community.moderation.models import Report
from community.moderation.queries import thing_for
from community.moderation.queries.reports import report_for, report_on
from community.moderation.rules import can_report


def report_thing(request: HttpRequest, kind: str, target_id: int) -> HttpResponse:
    known, thing = thing_for(request.user, kind, target_id)
    if not isinstance(request.user, Member):
        return signed_out(request, back=request.path)
    if standing := report_on(request.user, kind, target_id):
        return redirect("moderation:reported", standing.pk)
    insist(can_report(request.user, known, thing))
    begun = kept_fields(request, back=request.path)
    form = ReportForm(request.POST) if request.method == "POST" else ReportForm(initial=begun)
    if request.method == "POST" and form.is_valid():
        return redirect("moderation:reported", report(thing, kind=known, by=request.user, **form.cleaned_data).pk)
    context = {
        "form": form,
        "excerpt": known.excerpt(thing),
        "back": known.address(thing),
        "author": known.author(thing),
    }
    return render(request, "moderation/report.html", context, status=422 if form.errors else 200)


@require_safe
def reported(request: HttpRequest, report_id: int) -> HttpResponse:
    if not isinstance(request.user, Member):
        return signed_out(request, back=request.path)
    found = report_for(request.user, report_id)
    return render(request, "moderation/reported.html", {"report": found, "back": address_of(request.user, found)})


@require_POST
def withdraw(request: HttpRequest, report_id: int) -> HttpResponse:
    if not isinstance(request.user, Member):
        return signed_out(request, back=request.path)
    found = report_for(request.user, report_id)
    back = address_of(request.user, found)
    withdraw_report(found, by=request.user)
    return redirect(back or "home")


def address_of(viewer: Member, found: Report) -> str:
    """Empty where she does not see the thing any more."""
    try:
        known, thing = thing_for(viewer, found.kind, found.target_id)
    except Http404:
        return ""
    return known.address(thing)
