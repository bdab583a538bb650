"""The desk's pages about series."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from community.members.keeping import signed_out
from webinars.actions import SeriesConflict, publish_series, revise_series
from webinars.models import Series
from webinars.planning_series import SeriesForm, initial_of_series
from webinars.views.desk import organiser_here


def new(request: HttpRequest) -> HttpResponse:
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path)
    if request.method != "POST":
        form = SeriesForm(initial={"timezone": organiser.timezone}, organiser=organiser)
        return render(request, "webinars/desk/series.html", {"form": form})
    form = SeriesForm(request.POST, organiser=organiser)
    if not form.is_valid():
        return render(request, "webinars/desk/series.html", {"form": form}, status=422)
    series = publish_series(form.plan(), by=organiser)
    return redirect(f"{reverse('webinars:desk')}?series={series.slug}")


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What another organiser has changed meanwhile is shown before it is overwritten."""
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path)
    series = get_object_or_404(_series(), slug=slug)
    if request.method != "POST":
        context = {"form": SeriesForm(initial=initial_of_series(series), organiser=organiser), "series": series}
        return render(request, "webinars/desk/series.html", context)
    form = SeriesForm(request.POST, organiser=organiser)
    if not form.is_valid():
        return render(request, "webinars/desk/series.html", {"form": form, "series": series}, status=422)
    try:
        revise_series(series.pk, form.plan(slug=slug), version=form.cleaned_data["version"] or 0, by=organiser)
    except SeriesConflict:
        theirs = SeriesForm(initial=initial_of_series(_series().get(pk=series.pk)), organiser=organiser)
        form.data = request.POST.copy()  # sent again, it takes the place of theirs, which she has read
        form.data["version"] = str(theirs.initial["version"])
        context = {"form": form, "series": series, "theirs": theirs}
        return render(request, "webinars/desk/series.html", context, status=409)
    return redirect(f"{reverse('webinars:desk')}?series={slug}")


def _series() -> QuerySet[Series]:
    return Series.objects.select_related("forum", "picture")
