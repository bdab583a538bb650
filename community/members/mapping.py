"""Where a place stands on the world map, in the units of `world.svg`: the Equal Earth projection.

Bojan Šavrič, Tom Patterson and Bernhard Jenny, "The Equal Earth map projection", 2018. Areas keep their proportion,
so that no city looks small for being near the equator.
"""

import math
from typing import Final

WIDTH: Final = 1000
TOP_LATITUDE, BOTTOM_LATITUDE = 84.0, -57.0  # degrees; what lies beyond has no cities
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = math.sqrt(3) / 2


def _plane(latitude: float, longitude: float) -> tuple[float, float]:
    angle = math.asin(_M * math.sin(math.radians(latitude)))
    square = angle * angle
    sixth = square**3
    steepness = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
    x = math.radians(longitude) * math.cos(angle) / (_M * steepness)
    return x, angle * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))


_SCALE = WIDTH / (2 * _plane(0, 180)[0])
_TOP = _plane(TOP_LATITUDE, 0)[1]
HEIGHT: Final = round((_TOP - _plane(BOTTOM_LATITUDE, 0)[1]) * _SCALE)


def on_map(latitude: float, longitude: float) -> tuple[float, float]:
    """Params: degrees. Returns: x from the western edge, y from the northern one."""
    x, y = _plane(latitude, longitude)
    return round(WIDTH / 2 + x * _SCALE, 1), round((_TOP - y) * _SCALE, 1)
