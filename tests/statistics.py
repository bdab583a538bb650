"""Whether two lots of measurements differ."""

import math
from collections.abc import Sequence

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class FewRounds(PBKDF2PasswordHasher):
    """Django's own hasher with so few rounds that 200 tests of it are quick, and the same calls."""

    iterations = 2000


def mann_whitney_p(one: Sequence[float], other: Sequence[float]) -> float:
    """The chance of a difference this great if there were none: two-sided, by the normal approximation."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    rank_sum, position = 0.0, 0
    while position < len(ranked):
        end = position
        while end < len(ranked) and ranked[end][0] == ranked[position][0]:
            end += 1
        rank = (position + 1 + end) / 2
        rank_sum += rank * sum(1 for _, lot in ranked[position:end] if lot == 0)
        position = end
    n, m = len(one), len(other)
    u = rank_sum - n * (n + 1) / 2
    z = (u - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(z) / math.sqrt(2))
