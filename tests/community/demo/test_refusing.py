"""`manage.py demo` fills no house but an empty one that is a demonstration."""

import pytest
from django.core.management import CommandError

from community.members.models import City, Member
from tests.community.demo.test_demo import run
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db


def test_a_house_with_members_is_left_as_it_is() -> None:
    make_member("Ana")

    run()

    assert Member.objects.count() == 1
    assert not City.objects.exists()


def test_a_house_that_is_no_demonstration_refuses(settings: object) -> None:
    settings.DEMONSTRATION = False  # type: ignore[attr-defined]

    with pytest.raises(CommandError, match="DEMONSTRATION=1"):
        run()

    assert not Member.objects.exists()
