"""What stands in the links of mails: a number, signed and dated."""

from datetime import timedelta

from django.core import signing

from community.members.queries.accounts import REQUEST_DAYS

_JOIN, _ADDRESS = "frontline.join", "frontline.address"


def join_key(request_id: int) -> str:
    return signing.dumps(request_id, salt=_JOIN)


def request_id_of(key: str) -> int | None:
    return _number(key, _JOIN)


def address_key(address_id: int) -> str:
    return signing.dumps(address_id, salt=_ADDRESS)


def address_id_of(key: str) -> int | None:
    return _number(key, _ADDRESS)


def _number(key: str, salt: str) -> int | None:
    try:
        return int(signing.loads(key, salt=salt, max_age=timedelta(days=REQUEST_DAYS)))
    except signing.BadSignature:  # or too old
        return None
