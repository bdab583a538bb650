import pytest

from community.members.models import Member
from tests.factories.members import make_organiser


@pytest.fixture
def bo() -> Member:
    return make_organiser()
