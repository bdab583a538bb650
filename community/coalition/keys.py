"""What stands in the mail that confirms an address."""

from django.core import signing

from community.coalition.queries import CONFIRM_WITHIN

_SALT = "frontline.wish"


def wish_key(wish_id: int) -> str:
    return signing.dumps(wish_id, salt=_SALT)


def wish_id_of(key: str) -> int | None:
    try:
        return int(signing.loads(key, salt=_SALT, max_age=CONFIRM_WITHIN))
    except signing.BadSignature:  # or too old
        return None
