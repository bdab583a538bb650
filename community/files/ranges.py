"""One range of bytes, as a browser asks for it when a download was cut off or a reader turns pages."""

import re

RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*\Z")


class OutOfRange(Exception):
    """Nothing of the file lies there: 416."""


def wanted(header: str, size: int) -> range | None:
    """The bytes asked for; None for all of them, also where several ranges are asked for. Raises: OutOfRange."""
    found = RANGE.match(header)
    if not found or found[1] == found[2] == "":
        return None
    if not found[1]:  # the last so many
        first, last = max(0, size - int(found[2])), size - 1
    else:
        first, last = int(found[1]), min(int(found[2] or size - 1), size - 1)
        if found[2] and int(found[2]) < first:
            return None
    if first > last:
        raise OutOfRange
    return range(first, last + 1)
