"""What a page may say over its socket. Whatever is not exactly one of these is not understood."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from community.live.limits import NOT_UNDERSTOOD, TOO_LARGE
from community.live.streams import NoSuchStream, split
from i18n.languages import CODES, DEFAULT

LARGEST_NUMBER = 2**53


@dataclass(frozen=True)
class Subscribe:
    stream: str
    since: int | None
    language: str


@dataclass(frozen=True)
class Unsubscribe:
    stream: str


@dataclass(frozen=True)
class Here:
    stream: str
    hidden: bool


@dataclass(frozen=True)
class Typing:
    stream: str
    hidden: bool


Said = Subscribe | Unsubscribe | Here | Typing


def understood(text: str | None) -> Said:
    """Raises: Refusal."""
    if text is None:
        raise NOT_UNDERSTOOD
    if len(text.encode("utf-8", "surrogatepass")) > settings.LIVE_FRAME_BYTES:
        raise TOO_LARGE
    try:
        message = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NOT_UNDERSTOOD from error
    if not isinstance(message, dict):
        raise NOT_UNDERSTOOD
    stream = known_stream(message.get("stream"))
    match message.get("do"):
        case "subscribe":
            return Subscribe(stream, number(message.get("since")), known_language(message.get("language", DEFAULT)))
        case "unsubscribe":
            return Unsubscribe(stream)
        case "here":
            return Here(stream, message.get("hidden") is True)
        case "typing":
            return Typing(stream, message.get("hidden") is True)
    raise NOT_UNDERSTOOD


def known_stream(name: Any) -> str:
    if not isinstance(name, str):
        raise NOT_UNDERSTOOD
    try:
        split(name)
    except NoSuchStream as error:
        raise NOT_UNDERSTOOD from error
    return name


def known_language(code: Any) -> str:
    if not isinstance(code, str) or code not in CODES:
        raise NOT_UNDERSTOOD
    return code


def number(value: Any) -> int | None:
    if value is None or (type(value) is int and 0 <= value <= LARGEST_NUMBER):
        return value
    raise NOT_UNDERSTOOD
