"""Members' pages and the directory of cities."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.utils.translation import get_language

from community.live.keep import keep
from community.members.choices import Region
from community.members.models import City
from community.members.places import country_name
from community.members.queries.people import cities_in_directory, member_for_page, members_of_city
from community.members.rules import can_change_profile
from community.members.shown import ShownProfile, shown_profile
from community.text.markdown import render as render_markdown
from i18n.languages import CODES, LANGUAGES

PEOPLE_A_PAGE = 48


def member(request: HttpRequest, handle: str) -> HttpResponse:
    keep(request)
    person = get_object_or_404(member_for_page(request.user, handle))
    shown = shown_profile(request.user, person)
    if shown.timezone:
        keep_until_clocks_move(request)
    is_own = bool(can_change_profile(request.user, person))
    return render(request, "members/member.html", {**seen(shown), "is_own": is_own})


def seen(shown: ShownProfile) -> dict[str, Any]:
    """What a member's page is made of, for whom `shown` was asked."""
    about = render_markdown(shown.about) if shown.about else ""
    return {"person": shown.member, "shown": shown, "about": about, "now": now()}


def cities(request: HttpRequest) -> HttpResponse:
    keep_until_clocks_move(request)
    region = _one_of(Region.values, request.GET.get("region", ""))
    language = _one_of(CODES, request.GET.get("language", ""))
    found = list(cities_in_directory(region=region, language=language))
    for city in found:
        city.country_name = country_name(city.country, get_language() or "en")  # type: ignore[attr-defined]
    groups = [(Region(value), [city for city in found if city.region == value]) for value in Region.values]
    return render(
        request,
        "members/cities.html",
        {
            "groups": [(title, rows) for title, rows in groups if rows],
            "regions": Region.choices,
            "languages": LANGUAGES,
            "region": region,
            "language_wanted": language,
            "now": now(),
        },
    )


def city(request: HttpRequest, slug: str) -> HttpResponse:
    keep_until_clocks_move(request)
    place = get_object_or_404(City, slug=slug)
    page = Paginator(members_of_city(request.user, place), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    people = [shown_profile(request.user, person) for person in page]
    return render(
        request,
        "members/city.html",
        {
            "city": place,
            "country": country_name(place.country, get_language() or "en"),
            "page": page,
            "people": people,
            "programmes": place.programmes.order_by("slug"),
            "now": now(),
        },
    )


def keep_until_clocks_move(request: HttpRequest) -> None:
    """All else that stands on pages of cities steps `site` when it changes. Their clocks show minutes."""
    keep(request, until=now().replace(second=0, microsecond=0) + timedelta(minutes=1))


def _one_of(known: "list[str] | tuple[str, ...]", asked: str) -> str:
    return asked if asked in known else ""
