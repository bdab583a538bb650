"""Sessions taken from a calendar file: what was understood is shown before anything is planned."""

from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from community.members.keeping import signed_out
from community.members.models import Member
from webinars.actions import draft_sessions
from webinars.importing import Understood, Unreadable, read_calendar
from webinars.models import Series, Session
from webinars.planning import free_slug
from webinars.planning_import import ImportForm
from webinars.views.desk import organiser_here


def take_in(request: HttpRequest) -> HttpResponse:
    """The same form, sent again with its preview, makes the drafts."""
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path)
    if request.method != "POST":
        return _show(request, ImportForm(initial=_usual(request)))
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, status=422)
    series: Series = form.cleaned_data["series"]
    try:
        found = _read(form.text_brought, series)
    except Unreadable as refusal:
        form.add_error("text", str(refusal))
        return _show(request, form, status=422)
    if request.POST.get("deed") == "plan" and any(not each.why_not for each in found):
        try:
            _plan(series, found, form.cleaned_data["language"], organiser)
        except IntegrityError:  # another organiser has taken the same in meanwhile
            found = _read(form.text_brought, series)
        else:
            return redirect(f"{reverse('webinars:desk')}?series={series.slug}")
    again = ImportForm(
        initial={"series": series.slug, "language": form.cleaned_data["language"], "text": form.text_brought}
    )
    return _show(request, again, found=found, fit=[each for each in found if not each.why_not])


def _usual(request: HttpRequest) -> dict[str, Any]:
    series = Series.objects.filter(slug=request.GET.get("series", "")).first() or Series.objects.order_by("pk").first()
    return {"series": series.slug, "language": series.original_language} if series else {}


def _read(text: str, series: Series) -> list[Understood]:
    sessions = Session.objects.filter(series=series)
    known = [uid for uid in sessions.values_list("imported_uid", flat=True) if uid]
    return read_calendar(text, usual_zone=series.timezone, usual_minutes=series.usual_minutes, known=known)


def _plan(series: Series, found: list[Understood], language: str, organiser: Member) -> None:
    plans, taken = [], set[str]()
    for each in found:
        if each.why_not:
            continue
        slug = free_slug(series, each.title, besides=taken)
        taken.add(slug)
        plans.append(each.plan(slug=slug, language=language, spoken=series.languages or [language]))
    draft_sessions(series, plans, by=organiser)


def _show(request: HttpRequest, form: ImportForm, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "webinars/desk/import.html", {"form": form, **more}, status=status)
