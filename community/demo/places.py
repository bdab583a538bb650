"""Themes, cities and programmes."""

from community.demo.reading import columns, toml
from community.facts.actions import action
from community.members.choices import Region
from community.members.models import City
from community.programmes.models import Programme
from community.topics.models import Theme

REGIONS = {
    "Africa": Region.AFRICA,
    "Asia Pacific": Region.ASIA_PACIFIC,
    "Europe and the Middle East": Region.EUROPE_MIDDLE_EAST,
    "Latin America and the Caribbean": Region.LATIN_AMERICA,
    "North America": Region.NORTH_AMERICA,
}


@action
def load_themes() -> None:
    for position, theme in enumerate(toml("themes")["themes"], start=1):
        Theme.objects.create(slug=theme["slug"], position=position, **columns("title", theme["title"]))


@action
def load_cities() -> dict[str, City]:
    """Returns: the cities by their English names, as the other files call them."""
    cities = {}
    for city in toml("cities")["cities"]:
        cities[city["name"]["en"]] = City.objects.create(
            **{key: city[key] for key in ("slug", "country", "language", "timezone", "latitude", "longitude")},
            region=REGIONS[city["region"]],
            hazards=city.get("hazards", []),
            **columns("name", city["name"]),
            **columns("description", city["description"]),
        )
    return cities


@action
def load_programmes(cities: dict[str, City]) -> dict[str, Programme]:
    """Returns: the programmes by slug."""
    programmes = {}
    for plan in toml("programmes")["programmes"]:
        programme = Programme.objects.create(
            slug=plan["slug"],
            lead=plan["lead"],
            partners=plan["partners"],
            launched=plan.get("launched", ""),
            region=REGIONS[plan["region"]] if "region" in plan else "",
            original_language=plan.get("original_language", "en"),
            **columns("title", plan["title"]),
            **columns("description", plan["description"]),
        )
        programme.cities.set(cities[name] for name in plan["cities"])
        programmes[programme.slug] = programme
    return programmes
