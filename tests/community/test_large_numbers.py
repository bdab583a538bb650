"""No address with a number that no database holds breaks anything."""

import pytest
from django.test import Client

from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
HUGE = ("9223372036854775808", "99999999999999999999", "9" * 400)


@pytest.mark.parametrize("number", HUGE)
def test_a_number_too_large_for_a_row_leads_nowhere(number: str) -> None:
    guest, ana = Client(), Client()
    ana.force_login(make_member("Ana"))

    for client in (guest, ana):
        for path in ("/threads/{}/changes?since=0", "/threads/{}/", "/posts/{}/", "/exchanges/{}/x/outcome/"):
            assert client.get(path.format(number)).status_code == 404, path
    for path in ("/account/following/thread/{}/", "/account/following/city/{}/", "/exchanges/{}/do/agree/"):
        assert ana.post(path.format(number), {"level": "1"}).status_code == 404, path


def test_the_largest_that_fits_is_looked_for() -> None:
    assert Client().get("/threads/9223372036854775807/changes?since=0").status_code == 404
