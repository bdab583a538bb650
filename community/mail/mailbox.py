"""The demonstration's mail, which goes into files: read back for the browser."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

FENCE = b"-" * 79  # what Django's file backend puts after each mail
MOST = 50


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    text: str
    language: str
    at: datetime


def newest_letters(folder: Path) -> list[Letter]:
    """The latest mails, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)[:MOST]
    letters = [letter for file in files for letter in _letters_in(file.read_bytes())]
    return sorted(letters, key=lambda letter: letter.at, reverse=True)[:MOST]


def _letters_in(content: bytes) -> Iterator[Letter]:
    for part in content.split(b"\n" + FENCE):
        if part.strip():
            message = message_from_bytes(part.strip(), policy=policy.default)
            if isinstance(message, EmailMessage):
                yield _letter(message)


def _letter(message: EmailMessage) -> Letter:
    body = message.get_body(("plain",))
    return Letter(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=str(body.get_content()) if isinstance(body, EmailMessage) else "",
        language=str(message["Content-Language"] or "en"),
        at=parsedate_to_datetime(str(message["Date"])),
    )
