"""Writing a mail, in the recipient's language; sending it is a delivery's work."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from community.facts.actions import action, record
from community.mail.facts import MailWritten
from community.mail.models import Mail
from i18n.direction import direction_of
from i18n.languages import known

PARTS = ("subject.txt", "txt", "html")
SUBJECT_LETTERS = 200


@action
def write_mail(*, to: str, language: str, kind: str, context: Mapping[str, Any]) -> Mail:
    """Write one mail to one recipient. Records MailWritten, whose delivery sends it.

    Params: language, the recipient's: never the writer's; kind, the name of the three templates
    templates/mail/<kind>.subject.txt, .txt and .html, which read `context` and `origin`.
    """
    language = known(language)
    whole = {
        **context,
        "to": to,
        "origin": settings.PUBLIC_ORIGIN,
        "language": language,
        "direction": direction_of(language),
    }
    with translation.override(language):
        subject, text, html = (
            render_to_string(f"mail/{kind}.{part}", whole) for part in ("subject.txt", "txt", "html")
        )
    mail = Mail.objects.create(
        to=to,
        language=language,
        kind=kind,
        subject=" ".join(subject.split())[
            :SUBJECT_LETTERS
        ],  # one line: a header with two is refused, and the mail lost
        text=text.strip() + "\n",
        html=html.strip() + "\n",
    )
    record(MailWritten(mail.pk))
    return mail


@action
def mark_sent(mail: Mail) -> None:
    """It is out: take its text away, which may hold a secret."""
    Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), text="", html="")
