"""The desk's page on which the titles of many sessions are written at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import npgettext, pgettext
from django.views.decorators.cache import never_cache

from community.members.keeping import signed_out
from webinars.actions import name_sessions
from webinars.models import Session
from webinars.planning_titles import TitlesForm
from webinars.queries import all_series
from webinars.queries.desk import unnamed_page
from webinars.views.desk import organiser_here


@never_cache
def titles(request: HttpRequest) -> HttpResponse:
    """`?series=` narrows it. What was sent is of the sessions that it names, whichever the page shows by now."""
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.get_full_path())
    every = all_series()
    chosen = next((series for series in every if series.slug == request.GET.get("series")), None)
    page = unnamed_page(request.GET.get("page", "1"), series=chosen)
    if request.method != "POST":
        form = TitlesForm(page.object_list)
    else:
        form = TitlesForm(_sent(request), request.POST)
        if form.is_valid():
            namings = form.namings
            left = name_sessions(namings, by=organiser)
            _say(request, saved=len(namings) - len(left), left=len(left))
            return redirect(request.get_full_path())
    context = {"form": form, "page": page, "every_series": every, "series": chosen}
    return render(request, "webinars/desk/titles.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest) -> list[Session]:
    ids = {int(each) for each in request.POST.getlist("session") if each.isdecimal() and len(each) < 18}
    return list(Session.objects.filter(pk__in=ids).select_related("series").order_by("starts_at", "pk"))


def _say(request: HttpRequest, *, saved: int, left: int) -> None:
    if saved:
        words = npgettext(
            "writing many titles", "%(number)s session has its titles.", "%(number)s sessions have theirs.", saved
        )
        messages.success(request, words % {"number": saved})
    if left:
        words = npgettext(
            "writing many titles",
            "%(number)s session was named by another organiser meanwhile: it stays as it is.",
            "%(number)s sessions were named by another organiser meanwhile: they stay as they are.",
            left,
        )
        messages.warning(request, words % {"number": left})
    if not saved and not left:
        messages.info(request, pgettext("writing many titles", "Nothing was changed."))
