"""Carries mails out. One delivery is one mail, so a bad address stops nobody else's."""

import re
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from community.facts.listeners import WORLD, listens
from community.facts.models import Fact
from community.mail.actions import mark_sent
from community.mail.facts import MailWritten
from community.mail.models import Mail

METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


@listens(MailWritten, lane=WORLD)
def send(fact: Fact) -> None:
    """At least once: a mail that comes twice carries the same Message-ID, so mailboxes show it once."""
    mail = Mail.objects.filter(pk=fact.ids["mail_id"], sent_at=None).first()
    if mail is None:
        return
    letter_of(mail).send()
    mark_sent(mail)


def letter_of(mail: Mail) -> EmailMultiAlternatives:
    host = urlsplit(settings.PUBLIC_ORIGIN).hostname or "localhost"
    headers = {
        "Message-ID": f"<mail-{mail.pk}@{host}>",
        "Date": format_datetime(mail.written_at),
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
    }
    letter = EmailMultiAlternatives(mail.subject, mail.text, settings.MAIL_FROM, [mail.to], headers=headers)
    letter.attach_alternative(mail.html, "text/html")
    if method := METHOD.search(mail.calendar):
        attach_calendar(letter, mail.calendar, method[1])
    return letter


def attach_calendar(letter: EmailMultiAlternatives, calendar: str, method: str) -> None:
    """As the last alternative, with the METHOD that the calendar says (RFC 6047, 2.4); and as a file to open."""
    letter.attach_alternative(calendar, f"text/calendar; method={method}")
    letter.attach("invite.ics", calendar.encode(), "application/ics")
