import pytest
from django.urls import reverse

from community.facts.models import Fact
from community.members.models import City, Group
from community.programmes.models import Programme
from community.topics.models import Theme
from tests.factories.members import make_administrator, make_city, make_member, make_moderator, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def eve(client):
    member = make_administrator()
    client.force_login(member)
    return member


def named():
    return list(Fact.objects.order_by("pk").values_list("name", flat=True))


def test_roles_changed_in_the_admin_go_through_the_action(client, eve):
    ana = make_member("Ana")

    client.post(reverse("admin:members_member_change", args=[ana.pk]), {"is_moderator": "on", "name": "Evil"})

    ana.refresh_from_db()
    assert (ana.is_moderator, ana.name) == (True, "Ana")
    assert named() == ["member_roles_changed"]


def test_the_admin_suspends_nobody_and_leads_to_where_that_is_decided(client, eve):
    ana = make_member("Ana")
    address = reverse("admin:members_member_change", args=[ana.pk])

    client.post(address, {})

    ana.refresh_from_db()
    assert ana.is_active and named() == []
    assert reverse("moderation:member", args=["ana"]) in client.get(address).content.decode()


def test_the_admin_says_that_the_last_administrator_stays_one(client, eve):
    page = client.post(reverse("admin:members_member_change", args=[eve.pk]), {"is_editor": "on"})

    assert page.status_code == 200 and "This is the only administrator" in page.content.decode()

    eve.refresh_from_db()
    assert eve.is_administrator and eve.is_active and not eve.is_editor


def test_the_admin_neither_adds_nor_deletes_members(client, eve):
    ana = make_member("Ana")

    assert client.get(reverse("admin:members_member_add")).status_code == 403
    assert client.post(reverse("admin:members_member_delete", args=[ana.pk]), {"post": "yes"}).status_code == 403


def test_only_administrators_enter_the_admin(client):
    client.force_login(make_moderator())

    assert client.get("/admin/").status_code in (302, 403)


@pytest.mark.parametrize(
    "page",
    [
        *["members_member", "members_city", "members_group", "members_organisation"],
        *["topics_theme", "topics_tag", "programmes_programme"],
    ],
)
def test_every_list_of_the_admin_opens(client, eve, page):
    make_city(), make_theme()

    assert client.get(reverse(f"admin:{page}_changelist")).status_code == 200


def test_curated_things_saved_in_the_admin_are_told_on_site(client, eve):
    city = make_city()
    fields = {
        "slug": "quito",
        "name_en": "San Francisco de Quito",
        "original_language": "en",
        "country": "EC",
        "region": "latin-america",
        "language": "es",
        "timezone": "America/Guayaquil",
    }
    client.post(reverse("admin:members_city_change", args=[city.pk]), {**fields, "latitude": 0, "longitude": 0})
    client.post(
        reverse("admin:topics_theme_add"),
        {"slug": "heat", "title_en": "Heat", "original_language": "en", "position": 1},
    )
    client.post(
        reverse("admin:programmes_programme_add"),
        {"slug": "water", "title_en": "Water", "original_language": "en", "partners": "[]", "cities": [city.pk]},
    )
    client.post(reverse("admin:members_group_add"), {"slug": "coastal", "name": "Coastal", "people": str(eve.pk)})

    assert City.objects.get().name_en == "San Francisco de Quito"
    assert Theme.objects.get().title_en == "Heat"
    assert list(Programme.objects.get().cities.all()) == [city]
    assert list(Group.objects.get().people.all()) == [eve]
    assert named() == ["city_changed", "theme_changed", "programme_changed", "programme_changed", "circle_changed"]


def test_the_admin_finds_members_without_their_accents(client, eve):
    make_member("José Müller", email="jm@cities.example")
    make_member("Bea")

    page = client.get(reverse("admin:members_member_changelist"), {"q": "jose MULLER"})

    assert [member.name for member in page.context["cl"].result_list] == ["José Müller"]
