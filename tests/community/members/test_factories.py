import pytest

from tests.factories.members import make_city, make_member

pytestmark = pytest.mark.django_db


def test_two_members_of_one_name_have_addresses_of_their_own():
    city = make_city()

    one, two = make_member("Ana", city=city), make_member("Ana", city=city)

    assert one.handle != two.handle
