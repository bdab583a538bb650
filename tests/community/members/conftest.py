import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_has_tried_anything():
    """Limits count in the cache, which outlives a test."""
    cache.clear()
