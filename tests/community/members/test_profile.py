import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from community.facts.models import Fact, StreamEntry
from community.members.models import Organisation
from tests.factories.members import make_city, make_member, make_organisation, make_theme

pytestmark = pytest.mark.django_db
HERE = "/account/profile/"
FORM = {"name": "Ana Paredes", "language": "en", "timezone": "America/Guayaquil"}


@pytest.fixture
def ana(client):
    member = make_member("Ana", handle="ana")
    client.force_login(member)
    return member


def test_a_profile_is_saved_whole_and_told_on_two_streams(client, ana):
    city, theme = make_city(), make_theme()

    answer = client.post(
        HERE,
        {
            **FORM,
            "name": "  آنا   باريديس ",
            "position": "Resilience officer",
            "city": city.pk,
            "organisation": "Water Board",
            "reads": ["es", "zh"],
            "themes": [theme.pk],
            "tags": "heat, Heat, agua",
            "about": "I *drain*.",
        },
    )

    assert answer.url == "/members/ana/"
    ana.refresh_from_db()
    assert (ana.name, ana.position, ana.city, ana.reads) == ("آنا باريديس", "Resilience officer", city, ["es", "zh"])
    assert ana.organisation.name == "Water Board"
    assert [tag.name for tag in ana.tags.order_by("name")] == ["agua", "heat"]
    assert ana.version == 2
    fact = Fact.objects.get(name="member_changed")
    assert set(StreamEntry.objects.filter(fact=fact).values_list("stream", flat=True)) == {"site", f"member:{ana.pk}"}


def test_another_language_becomes_the_cookies_and_the_next_pages(client, ana):
    answer = client.post(HERE, {**FORM, "language": "ar"})

    assert answer.url == "/ar/members/ana/"
    assert answer.cookies[django_settings.LANGUAGE_COOKIE_NAME].value == "ar"


def test_the_form_comes_filled_with_what_stands(client, ana):
    client.post(HERE, {**FORM, "position": "Drainage engineer", "tags": "heat, agua", "organisation": "Water Board"})

    page = client.get(HERE).content.decode()

    assert 'value="Drainage engineer"' in page and 'value="Water Board"' in page
    assert '<option value="America/Guayaquil" selected>' in page
    assert "heat" in page


def test_an_organisation_is_found_again_whatever_its_case(client, ana):
    water = make_organisation(name="Water Board")

    client.post(HERE, {**FORM, "organisation": "water board"})

    ana.refresh_from_db()
    assert ana.organisation == water
    assert Organisation.objects.count() == 1


def test_two_organisations_of_like_names_have_addresses_of_their_own(client, ana):
    for name in ("Água e Luz", "Agua e luz!", "水"):
        client.post(HERE, {**FORM, "organisation": name})

    assert sorted(Organisation.objects.values_list("slug", flat=True)) == ["agua-e-luz", "agua-e-luz-2", "organisation"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "\u200b\u2060"),
        ("name", "a\u202eb"),
        ("name", "x\u0000y"),
        ("name", "x" * 81),
        ("position", "x" * 121),
        ("organisation", "\u202dx"),
        ("timezone", "Mars/Olympus"),
        ("language", "tlh"),
        ("reads", "xx"),
        ("city", "999"),
        ("tags", ",".join("abcdefghijk")),
        ("about", "> " * 10_000),
        ("about", "x" * 2001),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field_and_nothing_typed_is_lost(client, ana, field, value):
    answer = client.post(HERE, {**FORM, "position": "Typed before", field: value})

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert "Typed before" in answer.content.decode() or field == "position"
    ana.refresh_from_db()
    assert ana.version == 1


def test_a_guest_is_sent_to_sign_in_and_back(client):
    answer = client.post(HERE, FORM)

    assert answer.url == f"{reverse('account_login')}?next=/account/profile/"


def test_after_the_first_save_one_goes_where_one_wanted(client, ana):
    inside = client.post(HERE, {**FORM, "next": "/forums/"})
    outside = client.post(HERE, {**FORM, "next": "//evil.example/"})

    assert (inside.url, outside.url) == ("/forums/", "/members/ana/")
