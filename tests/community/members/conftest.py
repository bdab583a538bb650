import pytest
from django.core.cache import cache

from community.members.backend import _nobodys_password


@pytest.fixture(autouse=True)
def nobody_has_tried_anything():
    """Limits count in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture(autouse=True)
def few_rounds(settings):
    """Django's own hashing with fewer rounds: the rest of a request weighs more, so a difference shows sooner."""
    settings.PASSWORD_HASHERS = ["tests.statistics.FewRounds"]
    _nobodys_password.cache_clear()
    yield
    _nobodys_password.cache_clear()
