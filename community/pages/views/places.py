"""The directory of cities with its map, a city's page, and an organisation's: pages that join rooms."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.utils.translation import get_language

from community.coalition.queries import waiting_wishes
from community.coalition.rules import can_see_wishes
from community.live.keep import keep
from community.members.choices import Detail, Hazard, Region
from community.members.mapping import HEIGHT, WIDTH, on_map
from community.members.models import City, Member, Organisation
from community.members.places import country_name
from community.members.queries.people import (
    cities_in_directory,
    cities_of_organisation,
    colleagues_in,
    languages_read,
    members_of_city,
    members_of_organisation,
    showing,
)
from community.members.rules import can_see_colleagues, is_moderator
from community.members.shown import shown_profile
from community.programmes.queries import all_programmes
from forums.actions.exchanges.rows import BOARD
from forums.models import Thread
from forums.queries import add_shown, streams_of_forums, threads_by_members
from forums.queries.exchanges import exchanges_of_city
from i18n.languages import CODES, LANGUAGES
from webinars.facts import SCHEDULE
from webinars.queries import sessions_with_city

PEOPLE_A_PAGE = 48
ROWS = 5  # of threads and of sessions


def cities(request: HttpRequest) -> HttpResponse:
    _keep_until_clocks_move(request)
    programmes = list(all_programmes())
    region = _one_of(Region.values, request.GET.get("region", ""))
    language = _one_of(CODES, request.GET.get("language", ""))
    programme = _one_of([each.slug for each in programmes], request.GET.get("programme", ""))
    found = list(cities_in_directory(region=region, language=language, programme=programme))
    for city in found:
        _place(city)
    groups = [(Region(value), [city for city in found if city.region == value]) for value in Region.values]
    context = {
        "groups": [(title, rows) for title, rows in groups if rows],
        "on_map": [city for city in found if hasattr(city, "map_x")],
        "map_size": f"0 0 {WIDTH} {HEIGHT}",
        "regions": Region.choices,
        "languages": LANGUAGES,
        "programmes": programmes,
        "region": region,
        "language_wanted": language,
        "programme": programme,
        "decides": can_see_wishes(request.user),
        "confirms": is_moderator(request.user),
        "wishes_waiting": waiting_wishes(request.user).count(),
        "now": now(),
    }
    return render(request, "members/cities.html", context)


def city(request: HttpRequest, slug: str) -> HttpResponse:
    if not request.user.is_authenticated:  # hers is kept for nobody
        _keep_until_clocks_move(request, SCHEDULE, BOARD, *streams_of_forums(request.user))
    place = get_object_or_404(City, slug=slug)
    here = members_of_city(request.user, place)
    people = list(here)  # all: who of a city is here are some dozens, and its languages are counted from them
    page = Paginator(people, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    threads = threads_by_members(request.user, showing(request.user, here, Detail.ACTIVITY), ROWS)
    _say_authors(threads, people, place)
    add_shown(request.user, threads)
    confirms = can_see_colleagues(request.user, place.pk)
    context = {
        "city": place,
        "country": country_name(place.country, get_language() or "en"),
        "page": page,
        "people": [shown_profile(request.user, person) for person in page],
        "languages": languages_read(request.user, people),
        "threads": threads,
        "exchanges": exchanges_of_city(request.user, place),
        "sessions": sessions_with_city(request.user, place, limit=ROWS),
        "programmes": place.programmes.order_by("slug"),
        "hazards": [hazard.label for hazard in Hazard if hazard.value in place.hazards],
        "confirms": confirms,
        "unconfirmed_count": colleagues_in(place).filter(city_confirmed_at=None).count() if confirms else 0,
        "now": now(),
    }
    return render(request, "members/city.html", context)


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    if not request.user.is_authenticated:
        keep(request, *streams_of_forums(request.user))
    found = get_object_or_404(Organisation, slug=slug)
    people = members_of_organisation(request.user, found)
    page = Paginator(people, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    threads = threads_by_members(request.user, showing(request.user, people, Detail.ACTIVITY), ROWS)
    add_shown(request.user, threads)
    context = {
        "organisation": found,
        "page": page,
        "people": [shown_profile(request.user, person) for person in page],
        "cities": cities_of_organisation(request.user, found),
        "threads": threads,
    }
    return render(request, "members/organisation.html", context)


def _say_authors(threads: Iterable[Thread], people: Iterable[Member], city: City) -> None:
    """They are at hand: one query less."""
    by_id = {person.pk: person for person in people}
    for person in by_id.values():
        person.city = city
    for thread in threads:
        thread.author = by_id.get(thread.author_id or 0)


def _place(city: City) -> None:
    """What the row and the map say beside its columns."""
    city.country_name = country_name(city.country, get_language() or "en")  # type: ignore[attr-defined]
    if city.latitude is not None and city.longitude is not None:
        city.map_x, city.map_y = on_map(city.latitude, city.longitude)  # type: ignore[attr-defined]
        city.names_leftwards = city.map_x > WIDTH * 0.8  # type: ignore[attr-defined]


def _keep_until_clocks_move(request: HttpRequest, *streams: str) -> None:
    """Clocks on pages of cities show minutes."""
    keep(request, *streams, until=now().replace(second=0, microsecond=0) + timedelta(minutes=1))


def _one_of(known: "list[str] | tuple[str, ...]", asked: str) -> str:
    return asked if asked in known else ""
