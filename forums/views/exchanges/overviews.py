"""For those who look after exchanges: where nothing moves, and how they go in figures."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.members.keeping import signed_out
from community.members.rulings import insist
from forums.queries.exchanges import figures_by_region, silent_exchanges
from forums.queries.paging import PAGE_SIZE
from forums.rules.exchanging import can_see_figures, can_see_silent


def silent(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    insist(can_see_silent(request.user))
    page = Paginator(silent_exchanges(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "forums/exchanges/silent.html", {"page": page})


def figures(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    insist(can_see_figures(request.user))
    everywhere, regions = figures_by_region()
    return render(request, "forums/exchanges/figures.html", {"everywhere": everywhere, "regions": regions})
