import pytest
from django.contrib.contenttypes.models import ContentType

from community.members.models import Member
from forums.models import Exchange, Offer, Outcome, Thread


@pytest.fixture
def content_types(db: None) -> None:
    """Django keeps them for as long as a process lives."""
    ContentType.objects.get_for_models(Thread, Exchange, Offer, Outcome, Member)
