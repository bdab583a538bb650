"""What stands in the links of who registers: signed numbers. None can be made up; all of one person end at once."""

from datetime import timedelta

from django.core import signing

CONFIRM_WITHIN = timedelta(days=3)
_CONFIRM, _OWN, _CALENDAR = (
    "frontline.registration.confirm",
    "frontline.registration",
    "frontline.registration.calendar",
)


def confirm_key(registration_id: int) -> str:
    return signing.dumps(registration_id, salt=_CONFIRM)


def id_to_confirm(key: str) -> int | None:
    try:
        return int(signing.loads(key, salt=_CONFIRM, max_age=CONFIRM_WITHIN))
    except signing.BadSignature:  # or too old
        return None


def own_key(registration_id: int, link_number: int) -> str:
    """The same each time, so that a link can be kept. Params: link_number, the registration's."""
    return _signed(registration_id, link_number, _OWN)


def calendar_key(registration_id: int, link_number: int) -> str:
    """To the calendar file alone: a calendar program passes its address on."""
    return _signed(registration_id, link_number, _CALENDAR)


def of_own_key(key: str) -> tuple[int, int] | None:
    return _numbers(key, _OWN)


def of_calendar_key(key: str) -> tuple[int, int] | None:
    return _numbers(key, _CALENDAR)


def _signed(registration_id: int, link_number: int, salt: str) -> str:
    return signing.Signer(salt=salt).sign(f"{registration_id}-{link_number}")


def _numbers(key: str, salt: str) -> tuple[int, int] | None:
    try:
        registration_id, _, link_number = signing.Signer(salt=salt).unsign(key).partition("-")
    except signing.BadSignature:
        return None
    return int(registration_id), int(link_number)
