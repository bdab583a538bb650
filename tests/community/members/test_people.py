import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.programmes.models import Programme
from community.topics.actions import tags_called
from tests.factories.members import make_city, make_member, make_organisation, make_theme

pytestmark = pytest.mark.django_db


def queries_of(client, address):
    client.get(address)  # warm
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_members_page_shows_who_she_is_and_nothing_of_her_address(client):
    ana = make_member(
        "آنا",
        handle="ana",
        city=make_city(),
        organisation=make_organisation(),
        position="Resilience officer",
        about="I **drain** streets. <script>alert(1)</script>",
        reads=["ar", "fr"],
    )
    ana.themes.add(make_theme("water"))
    ana.tags.set(tags_called(["Heat"]))

    client.force_login(make_member("Cai"))
    page = client.get(reverse("members:member", args=["ana"])).content.decode()

    for said in (
        "آنا",
        "Resilience officer",
        "Water board",
        "Quito",
        "<strong>drain</strong>",
        "العربية",
        "Water",
        "Heat",
    ):
        assert said in page
    assert "<script>alert" not in page
    assert "cities.example" not in page


def test_a_suspended_member_has_no_page_and_is_not_in_her_city(client):
    city = make_city()
    make_member("Gone", handle="gone", city=city, is_active=False)

    assert client.get(reverse("members:member", args=["gone"])).status_code == 404
    assert "Gone" not in client.get(reverse("members:city", args=["quito"])).content.decode()
    assert ">0</b> members" in client.get(reverse("members:cities")).content.decode()


def test_cities_are_listed_by_region_with_country_language_and_local_time(client, time_machine):
    time_machine.move_to("2026-11-26T12:00:00Z", tick=False)
    make_city()
    make_city("nairobi", region="africa", country="KE", language="en", timezone="Africa/Nairobi")

    page = client.get("/es/cities/").content.decode()

    assert page.index("Nairobi") < page.index("Quito")
    for said in ("Kenia", "Ecuador", "15:00", "7:00"):
        assert said in page


def test_the_directory_is_narrowed_by_region_and_language_by_plain_links(client):
    make_city()
    make_city("nairobi", region="africa", country="KE", language="en")

    by_region = client.get(reverse("members:cities"), {"region": "africa"}).content.decode()
    by_language = client.get(reverse("members:cities"), {"language": "es"}).content.decode()
    by_nonsense = client.get(reverse("members:cities"), {"region": "' OR 1=1", "language": "'; --"}).content.decode()

    assert "Nairobi" in by_region and "Quito" not in by_region
    assert "Quito" in by_language and "Nairobi" not in by_language
    assert "Quito" in by_nonsense and "Nairobi" in by_nonsense


def test_a_city_shows_its_people_and_programmes_and_marks_what_is_not_translated(client):
    city = make_city(description_en="High up.")
    make_member("Ana", city=city)
    programme = Programme.objects.create(slug="water", title_en="Water first")
    programme.cities.add(city)

    page = client.get("/fr/cities/quito/").content.decode()

    for said in ("Ana", "Water first", "High up.", 'lang="en"', "Équateur"):
        assert said in page
    assert client.get("/cities/nowhere/").status_code == 404


@pytest.mark.parametrize("address", ["/cities/", "/cities/quito/", "/programmes/"])
def test_lists_cost_the_same_queries_with_one_row_and_with_three(client, address):
    city = make_city()
    make_member("Ana", city=city, organisation=make_organisation("one"))
    Programme.objects.create(slug="first", title_en="First").cities.add(city)
    with_one = queries_of(client, address)
    for number in range(2):
        other = make_city(f"city-{number}")
        make_member(f"Bo {number}", city=city, organisation=make_organisation(f"org-{number}"))
        make_member(f"Cai {number}", city=other)
        Programme.objects.create(slug=f"p-{number}", title_en="More").cities.add(city, other)

    assert queries_of(client, address) == with_one
    assert with_one <= 12


def test_a_members_page_costs_the_same_with_one_theme_and_with_three(client):
    ana = make_member("Ana", handle="ana", city=make_city(), organisation=make_organisation())
    ana.themes.add(make_theme("one"))
    ana.tags.set(tags_called(["a"]))
    with_one = queries_of(client, "/members/ana/")
    ana.themes.add(make_theme("two"), make_theme("three"))
    ana.tags.set(tags_called(["a", "b", "c"]))

    assert queries_of(client, "/members/ana/") == with_one
    assert with_one <= 12
