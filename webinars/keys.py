"""What stands in the links of who registers, proposes or speaks: signed numbers. None can be made up.

All of one registration end at once.
"""

from datetime import timedelta

from django.core import signing

CONFIRM_WITHIN = timedelta(days=3)
_CONFIRM, _OWN, _CALENDAR, _JOIN = (
    "frontline.registration.confirm",
    "frontline.registration",
    "frontline.registration.calendar",
    "frontline.registration.join",
)
_SPEAKER, _SPEAKER_CALENDAR, _SPEAKER_DOOR = (
    "frontline.speaker",
    "frontline.speaker.calendar",
    "frontline.speaker.door",
)
_HASH_LETTERS = 16
_CONFIRM_PROPOSAL, _PROPOSAL = "frontline.proposal.confirm", "frontline.proposal"


def confirm_key(registration_id: int) -> str:
    return signing.dumps(registration_id, salt=_CONFIRM)


def id_to_confirm(key: str) -> int | None:
    return _confirmed(key, _CONFIRM)


def own_key(registration_id: int, link_number: int) -> str:
    """The same each time, so that a link can be kept. Params: link_number, the registration's."""
    return _signed(registration_id, link_number, _OWN)


def calendar_key(registration_id: int, link_number: int) -> str:
    """To the calendar file alone: a calendar program passes its address on."""
    return _signed(registration_id, link_number, _CALENDAR)


def join_key(registration_id: int, link_number: int) -> str:
    """To the room alone: it stands in calendars, which others may see."""
    return _signed(registration_id, link_number, _JOIN)


def of_own_key(key: str) -> tuple[int, int] | None:
    return _numbers(key, _OWN)


def of_calendar_key(key: str) -> tuple[int, int] | None:
    return _numbers(key, _CALENDAR)


def of_join_key(key: str) -> tuple[int, int] | None:
    return _numbers(key, _JOIN)


def confirm_proposal_key(proposal_id: int) -> str:
    return signing.dumps(proposal_id, salt=_CONFIRM_PROPOSAL)


def proposal_to_confirm(key: str) -> int | None:
    return _confirmed(key, _CONFIRM_PROPOSAL)


def proposal_key(proposal_id: int) -> str:
    """Of the page on which who has no account reads how her proposal stands: the same each time."""
    return signing.Signer(salt=_PROPOSAL).sign(str(proposal_id))


def of_proposal_key(key: str) -> int | None:
    try:
        return int(signing.Signer(salt=_PROPOSAL).unsign(key))
    except signing.BadSignature:
        return None


def speaker_key(speaker_id: int, link_hash: str) -> str:
    """To a speaker's own entry, beside the token that nobody keeps: it ends with the link that she was sent."""
    return _signed(speaker_id, link_hash[:_HASH_LETTERS], _SPEAKER)


def speaker_calendar_key(speaker_id: int, link_hash: str) -> str:
    """To the calendar file of her session; it ends as `speaker_key` does."""
    return _signed(speaker_id, link_hash[:_HASH_LETTERS], _SPEAKER_CALENDAR)


def speaker_door_key(speaker_id: int, link_hash: str) -> str:
    """To the room alone: it stands in her calendar, which others may see. It ends as `speaker_key` does."""
    return _signed(speaker_id, link_hash[:_HASH_LETTERS], _SPEAKER_DOOR)


def of_speaker_key(key: str) -> tuple[int, str] | None:
    """Her id, and how the hash of her link begins."""
    return _parts(key, _SPEAKER)


def of_speaker_calendar_key(key: str) -> tuple[int, str] | None:
    return _parts(key, _SPEAKER_CALENDAR)


def of_speaker_door_key(key: str) -> tuple[int, str] | None:
    return _parts(key, _SPEAKER_DOOR)


def _confirmed(key: str, salt: str) -> int | None:
    try:
        return int(signing.loads(key, salt=salt, max_age=CONFIRM_WITHIN))
    except signing.BadSignature:  # or too old
        return None


def _signed(pk: int, link: int | str, salt: str) -> str:
    """Params: link, what is another once the link was replaced."""
    return signing.Signer(salt=salt).sign(f"{pk}-{link}")


def _parts(key: str, salt: str) -> tuple[int, str] | None:
    try:
        pk, _, link = signing.Signer(salt=salt).unsign(key).partition("-")
    except signing.BadSignature:
        return None
    return int(pk), link


def _numbers(key: str, salt: str) -> tuple[int, int] | None:
    parts = _parts(key, salt)
    return (parts[0], int(parts[1])) if parts else None
