"""The board: what is asked, what is offered, what came of it. Narrowed by links that anybody may send on."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.live.keep import keep
from community.members.choices import READ_LANGUAGES, Region
from community.members.rulings import Viewer
from community.topics.queries import all_themes
from forums.actions.exchanges.rows import BOARD
from forums.queries.exchanges import (
    BoardPage,
    Wanted,
    exchanges_of_own_city,
    forum_to_ask_in,
    offers_on_board,
    outcomes_on_board,
    requests_on_board,
)
from forums.rules.exchanging import can_see_figures, can_see_silent
from forums.views.board import page_number

Rows = Callable[[Viewer, Wanted, int], BoardPage]


def requests(request: HttpRequest) -> HttpResponse:
    return show(request, "requests", requests_on_board)


def offers(request: HttpRequest) -> HttpResponse:
    return show(request, "offers", offers_on_board)


def outcomes(request: HttpRequest) -> HttpResponse:
    return show(request, "outcomes", outcomes_on_board)


def show(request: HttpRequest, kind: str, rows_for: Rows) -> HttpResponse:
    keep(request, BOARD)
    themes = list(all_themes())
    wanted = wanted_of(request, [theme.slug for theme in themes])
    context: dict[str, Any] = {
        "kind": kind,
        "page": rows_for(request.user, wanted, page_number(request)),
        "wanted": wanted,
        "themes": themes,
        "regions": Region.choices,
        "languages": READ_LANGUAGES,
        "own": exchanges_of_own_city(request.user),
        "forum": forum_to_ask_in(request.user),
        "can_see_figures": can_see_figures(request.user),
        "can_see_silent": can_see_silent(request.user),
    }
    return render(request, "forums/exchanges/board.html", context)


def wanted_of(request: HttpRequest, themes: list[str]) -> Wanted:
    """What of the address's questions is known; anything else is everything."""
    known = {"theme": themes, "region": Region.values, "language": [code for code, _ in READ_LANGUAGES]}
    asked = {name: request.GET.get(name, "") for name in known}
    return Wanted(**{name: value for name, value in asked.items() if value in known[name]})
