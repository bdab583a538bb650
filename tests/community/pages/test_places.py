import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.members.mapping import HEIGHT, WIDTH, _plane, on_map
from community.members.models import Member
from community.programmes.models import Programme
from tests.factories.exchanges import (
    make_citizen,
    make_exchange,
    make_exchange_forum,
    make_offer_of,
    make_published,
)
from tests.factories.forums import make_forum, make_members_forum, make_thread
from tests.factories.members import make_city, make_member, make_organisation
from tests.factories.webinars import make_session, make_speaker

pytestmark = pytest.mark.django_db
WORLD = Path(settings.BASE_DIR) / "community/static/community/world.svg"


def queries_of(client, address):
    client.get(address)  # warm
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_map_has_a_named_link_for_each_city_whose_place_is_known(client):
    make_city(latitude=-0.18, longitude=-78.47)
    make_city("nowhere")

    page = client.get("/cities/").content.decode()

    pins = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)" class="pin', page)
    assert pins == [("/cities/quito/", "Quito")]
    assert 'href="/cities/nowhere/"' in page


def test_the_map_is_narrowed_with_the_list_and_by_programme(client):
    quito, lima = make_city(latitude=-0.18, longitude=-78.47), make_city("lima", latitude=-12.05, longitude=-77.04)
    Programme.objects.create(slug="water", title_en="Water first").cities.add(quito)

    page = client.get("/cities/?programme=water").content.decode()

    assert "/cities/quito/" in page and lima.slug not in page
    assert client.get("/cities/?programme=none").content.decode().count('class="pin') == 2


def test_the_outline_names_its_source_and_stays_small_and_within_its_frame():
    text = WORLD.read_text()

    assert "Natural Earth" in text and "public domain" in text
    assert WORLD.stat().st_size <= 40 * 1024
    assert f'viewBox="0 0 {WIDTH} {HEIGHT}"' in text


def test_no_line_of_the_outline_runs_around_the_world():
    longest = 0.0
    for path in re.findall(r"[0-9]l([^zM]+)z", WORLD.read_text()):
        steps = [abs(float(step.split(",")[0])) for step in path.split() if "," in step]
        longest = max(longest, *steps)

    assert longest < 100


def rings_of_the_outline():
    for start, path in re.findall(r"M(-?[\d.]+,-?[\d.]+)l([^zM]+)z", WORLD.read_text()):
        steps = [tuple(map(float, step.split(","))) for step in path.split()]
        x, y = map(float, start.split(","))
        yield [(x, y), *((x := x + step_x, y := y + step_y) for step_x, step_y in steps)]


def is_within(x, y, ring):
    """By counting the lines of the ring that a ray eastwards meets."""
    sides = zip(ring, ring[1:] + ring[:1], strict=True)
    met = [a for a, b in sides if (a[1] > y) != (b[1] > y) and x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])]
    return len(met) % 2 == 1


@pytest.mark.parametrize(
    "place",
    {
        "Kigali": (-1.94, 30.06),
        "Bangkok": (13.75, 100.6),
        "Paris": (48.86, 2.35),
        "Denver": (39.74, -104.99),
        "La Paz": (-16.5, -68.1),
        "Alice Springs": (-23.7, 133.9),
        "east of the date line": (67, -175),
        "west of the date line": (67, 175),
    }.items(),
    ids=lambda place: place[0],
)
def test_the_outline_has_land_where_cities_stand(place):
    x, y = on_map(*place[1])

    assert any(is_within(x, y, ring) for ring in rings_of_the_outline())


def test_no_line_of_the_outline_leaves_the_frame_at_its_sides():
    across = [x for ring in rings_of_the_outline() for x, _ in ring]

    assert min(across) >= 0 and max(across) <= WIDTH


def test_the_projection_is_equal_earth():
    """Its extent, as published with it: half the equator, and the pole."""
    assert _plane(0, 180)[0] == pytest.approx(2.70662998)
    assert _plane(90, 0)[1] == pytest.approx(1.31736276)


def test_places_stand_within_the_frame_east_on_the_right():
    corners = [on_map(84, 0), on_map(0, -180), on_map(0, 180), on_map(-57, 0)]

    assert [corners[0][1], corners[1][0], corners[2][0]] == [0, 0, WIDTH]
    assert corners[3][1] == pytest.approx(HEIGHT, abs=1)
    quito, nairobi = on_map(-0.2, -78.5), on_map(-1.3, 36.8)
    assert quito[0] < nairobi[0] and quito[1] < nairobi[1]


def test_a_city_shows_languages_threads_and_sessions_as_far_as_one_may_see(client):
    quito = make_city()
    ana = make_member("Ana", city=quito, reads=["es", "qu"], shown={"languages": "everybody", "activity": "everybody"})
    make_member("Cai", city=quito, reads=["sw"])
    make_thread(make_forum("open"), ana, title="Who cleans ravines?")
    make_thread(make_members_forum("closed"), ana, title="Our budget, for members")
    make_thread(title="From elsewhere")
    make_session("heat", speakers=[make_speaker(city_id=quito.pk)])
    make_session("floods")

    page = client.get("/cities/quito/").content.decode()

    for said in ("Who cleans ravines?", "Español", 'lang="qu"', "Heat"):
        assert said in page
    for unsaid in ("Our budget", "From elsewhere", ">Floods<"):
        assert unsaid not in page
    client.force_login(make_member("Cai"))
    assert "Our budget" in client.get("/cities/quito/").content.decode()


def test_an_organisation_shows_its_members_cities_and_threads(client):
    board = make_organisation("water-board", website="https://water.example/")
    ana = make_member("Ana", city=make_city(), organisation=board, shown={"activity": "everybody"})
    make_member("Gone", organisation=board, is_active=False)
    make_member("Cai")
    make_thread(make_forum("open"), ana, title="Who cleans ravines?")

    page = client.get("/organisations/water-board/").content.decode()

    for said in ("Water board", "Ana", "Quito", "Who cleans ravines?", 'href="https://water.example/"', "nofollow"):
        assert said in page
    assert "Gone" not in page and "Cai" not in page
    assert client.get("/organisations/none/").status_code == 404
    assert "/organisations/water-board/" in client.get(f"/members/{ana.handle}/").content.decode()


@pytest.mark.parametrize("address", ["/cities/quito/", "/organisations/water-board/"])
@pytest.mark.parametrize(
    ("activity", "readers"),
    [("everybody", ["guest", "Cai", "Ana"]), ("members", ["Cai", "Ana"]), (None, ["Cai", "Ana"]), ("nobody", ["Ana"])],
)
def test_places_list_what_members_wrote_for_whom_they_have_chosen(address, activity, readers):
    shown = {"activity": activity} if activity else {}
    ana = make_member("Ana", city=make_city(), organisation=make_organisation("water-board"), shown=shown)
    make_thread(make_forum("open"), ana, title="Who cleans ravines?")

    found = []
    for name, viewer in {"guest": None, "Cai": make_member("Cai"), "Ana": ana}.items():
        client = Client()
        if viewer:
            client.force_login(viewer)
        found += [name] if "Who cleans ravines?" in client.get(address).content.decode() else []

    assert found == readers


@pytest.mark.parametrize("is_signed_in", [False, True])
@pytest.mark.parametrize("address", ["/cities/", "/cities/quito/", "/organisations/water-board/"])
def test_each_costs_the_same_queries_with_one_row_and_with_three(client, address, is_signed_in):
    quito, board, forum = make_city(latitude=1, longitude=1), make_organisation(), make_forum()
    peers = make_exchange_forum()
    if is_signed_in:
        client.force_login(make_member("Reader"))

    def add(number: int) -> None:
        city = make_city(f"city-{number}", latitude=number, longitude=number)
        programme = Programme.objects.create(slug=f"p-{number}", title_en="More")
        programme.cities.add(quito, city)
        told = {"reads": ["es", f"x{number}"], "shown": {"activity": "everybody"}}
        ana = make_citizen(f"Ana {number}", "quito", organisation=board, **told)
        make_member(f"Bo {number}", city=city, organisation=board)
        make_thread(forum, ana, tags=[f"t{number}"])
        make_session(f"s-{number}", speakers=[make_speaker(city_id=quito.pk)])
        helper = make_citizen(f"Cai {number}", f"city-{number}")
        make_exchange(ana, forum=peers, is_open_to_guests=True)
        make_published(ana, helper, forum=peers)
        make_offer_of(ana)

    add(1)
    with_one = queries_of(client, address)
    add(2)
    add(3)

    assert Member.objects.filter(city=quito).count() == 3
    assert queries_of(client, address) == with_one
    assert with_one <= 12
    assert reverse("members:city", args=["quito"]) == "/cities/quito/"


def test_an_organisation_shows_only_who_lets_the_viewer_know_that_she_belongs_to_it(client):
    board = make_organisation("water-board")
    for name, seen_by in (("Ana", "everybody"), ("Cai", "members"), ("Ines", "nobody")):
        make_member(name, organisation=board, shown={"organisation": seen_by})
    make_member("Fay", organisation=board)

    def named() -> set[str]:
        page = client.get("/organisations/water-board/").content.decode()
        return {name for name in ("Ana", "Cai", "Ines", "Fay") if f">{name}</a>" in page}

    assert named() == {"Ana", "Fay"}
    client.force_login(make_member("Bo"))
    assert named() == {"Ana", "Cai", "Fay"}


def test_filters_stand_once_for_wide_pages_and_folded_for_narrow_ones(client):
    plain, chosen = (client.get(f"/cities/{query}").content.decode() for query in ("", "?language=es"))

    ids = re.findall(r' id="([^"]+)"', plain)
    assert len(ids) == len(set(ids))
    assert '<details class="where-narrow"><summary>Filter cities' in plain
    assert '<details class="where-narrow" open>' in chosen
