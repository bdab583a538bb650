"""What happens to mails. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MailWritten:
    """A mail waits to be sent."""

    mail_id: int
