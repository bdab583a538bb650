import pytest
from django.test import Client

from tests.factories.forums import make_forum, make_members_forum, make_thread
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["evacuación", "صرف", "early warning"])
def test_a_tag_in_any_script_leads_from_its_thread_to_its_page(client: Client, name: str) -> None:
    thread = make_thread(make_forum("floods"), title="Drains", tags=[name])

    row = client.get("/forums/floods/").content.decode()
    page = client.get(f"/tags/{thread.tags.get().slug}/")

    assert f">{name}</a>" in row
    assert page.status_code == 200
    assert "Drains" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "typed"),
    [("inundación", "inundacion"), ("Inundación", "INUNDACION"), ("alerta rápida", "alerta-rapida")],
)
def test_an_address_typed_without_accents_leads_to_the_tag(client: Client, name: str, typed: str) -> None:
    thread = make_thread(title="Drains", tags=[name])

    answer = client.get(f"/tags/{typed}/", follow=True)

    assert "Drains" in answer.content.decode()
    assert answer.wsgi_request.path == f"/tags/{thread.tags.get().slug}/"


def test_no_spelling_of_an_address_shows_a_tag_of_threads_that_are_not_for_all(client: Client) -> None:
    make_thread(make_members_forum(), tags=["inundación"])

    assert [client.get(f"/tags/{typed}/").status_code for typed in ("inundacion", "INUNDACIÓN")] == [404, 404]
    client.force_login(make_member("Ana"))
    assert client.get("/tags/inundacion/", follow=True).status_code == 200
