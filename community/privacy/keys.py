"""What stands in the mail by which a member may think again."""

from datetime import timedelta

from django.core import signing

GRACE = timedelta(days=7)
_SALT = "frontline.departure"


def stay_key(departure_id: int) -> str:
    return signing.dumps(departure_id, salt=_SALT)


def departure_id_of(key: str) -> int | None:
    try:
        return int(signing.loads(key, salt=_SALT, max_age=GRACE))
    except signing.BadSignature:  # or too old
        return None
