from tests.community.facts.conftest import together

__all__ = ["together"]
