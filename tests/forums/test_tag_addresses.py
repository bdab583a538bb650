import pytest
from django.test import Client

from tests.factories.forums import make_forum, make_thread

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["evacuación", "صرف", "early warning"])
def test_a_tag_in_any_script_leads_from_its_thread_to_its_page(client: Client, name: str) -> None:
    thread = make_thread(make_forum("floods"), title="Drains", tags=[name])

    row = client.get("/forums/floods/").content.decode()
    page = client.get(f"/tags/{thread.tags.get().slug}/")

    assert f">{name}</a>" in row
    assert page.status_code == 200
    assert "Drains" in page.content.decode()
