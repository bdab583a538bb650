"""Limits: `allow()`, and the cache that they count in."""

from community.limits.rates import allow

__all__ = ["allow"]
