import pytest

from community.programmes.dates import said_date
from community.programmes.models import Programme
from tests.factories.members import make_city

pytestmark = pytest.mark.django_db


def test_a_programme_shows_its_cities_and_partners_and_marks_what_is_not_translated(client):
    programme = Programme.objects.create(
        slug="water", title_en="Water first", description_en="Every drop.", lead="A network", partners=["A bank"]
    )
    programme.cities.add(make_city())

    page = client.get("/ar/programmes/water/").content.decode()

    for said in ("Water first", "Every drop.", "A network", "A bank", "Quito", 'lang="en"'):
        assert said in page
    assert client.get("/programmes/none/").status_code == 404


def test_no_programme_yet_is_said(client):
    assert "No programme yet" in client.get("/programmes/").content.decode()


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ("2017", "2017"),
        ("2020-05", "May 2020"),
        ("2015-12-08", "8 Dec 2015"),
        ("", ""),
        ("soon", "soon"),
        ("1-2-3-4", "1-2-3-4"),
    ],
)
def test_a_date_is_said_as_far_as_it_is_known(known, said):
    assert said_date(known) == said
