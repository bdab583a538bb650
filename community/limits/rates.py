"""How often somebody may do something."""

import hashlib
import time

from django.core.cache import cache


def allow(key: str, *, times: int, seconds: int) -> bool:
    """Count one more try of `key`; False once it has had its `times` in the present window.

    Windows are fixed, so two neighbouring ones let through twice as much at worst. Keys are kept as
    digests: they may hold addresses of people.
    """
    digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]
    name = f"limit:{digest}:{seconds}:{int(time.time() // seconds)}"
    cache.add(name, 0, timeout=2 * seconds)
    try:
        return cache.incr(name) <= times
    except ValueError:  # thrown out between the two calls
        return True
