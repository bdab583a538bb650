"""Writing a mail, in the recipient's language; sending it is a delivery's work."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from community.facts.actions import action, record
from community.mail.composing import compose
from community.mail.facts import MailWritten
from community.mail.models import Mail
from community.personal.ports import Person
from i18n.languages import known

MESSAGE_ID = re.compile(rb"^Message-ID: <mail-(\d+)@", re.MULTILINE)  # as `listeners.letter_of` writes it


@action
def write_mail(
    *,
    to: str,
    language: str,
    kind: str,
    context: Mapping[str, Any],
    member_id: int | None = None,
    calendar: str = "",
) -> Mail:
    """Write one mail to one recipient. Records MailWritten, whose delivery sends it.

    Params: member_id, where `to` is not the address of her account, so that it is found again as hers;
    language, the recipient's: never the writer's; kind, the name of the three templates
    templates/mail/<kind>.subject.txt, .txt and .html, which read `context` and `origin`; calendar, iCalendar with
    a METHOD, which mail programs show as an invitation.
    """
    language = known(language)
    composed = compose(to=to, language=language, kind=kind, context=context)
    mail = Mail.objects.create(
        to=to,
        member_id=member_id,
        language=language,
        kind=kind,
        subject=composed.subject,
        text=composed.text,
        html=composed.html,
        calendar=calendar,
    )
    record(MailWritten(mail.pk))
    return mail


@action
def mark_sent(mail: Mail) -> None:
    """It is out: take its text away, which may hold a secret."""
    Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), text="", html="", calendar="")


def mails_of(member_id: int, emails: Iterable[str]) -> QuerySet[Mail]:
    """What was written to her, at whichever of her addresses. Params: emails, those that she has confirmed."""
    return Mail.objects.filter(Q(to__in=list(emails), member_id=None) | Q(member_id=member_id))


@action
def claim_mails(member_id: int, email: str) -> None:
    """What was written to this address stays known as hers when she leaves it."""
    Mail.objects.filter(to=email, member_id=None).update(member_id=member_id)


def forget_letters(person: Person) -> None:
    """The demonstration's mail stands in files: those with a letter to her are taken away."""
    hers = set(mails_of(person.id, person.emails).values_list("pk", flat=True))
    for file in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        if hers & {int(number) for number in MESSAGE_ID.findall(file.read_bytes())}:
            file.unlink(missing_ok=True)
