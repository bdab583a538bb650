"""A session to which people come, what has left by mail, and what a page carries along unseen."""

import re
from datetime import UTC, datetime
from email.message import Message
from html import unescape
from typing import Any

from django.core import mail as outbox
from django.http import HttpResponse
from django.test import Client

from tests.factories.deliveries import deliver_all
from tests.factories.webinars import make_open_session, make_registration
from webinars.models import Session

THEN = datetime(2026, 12, 10, 13, tzinfo=UTC)


def letters() -> dict[str, Message]:
    """By address; what has left since last asked, as it travels."""
    deliver_all()
    sent = {letter.to[0]: letter.message() for letter in outbox.outbox}
    assert len(sent) == len(outbox.outbox), "to nobody twice"
    outbox.outbox.clear()
    return sent


def words_of(letter: Message) -> str:
    part = next(part for part in letter.walk() if part.get_content_type() == "text/plain")
    payload: Any = part.get_payload(decode=True)
    return str(payload.decode())


def method_of(letter: Message) -> str:
    return next((str(part.get_param("method")) for part in letter.walk() if part.get_param("method")), "")


def hidden(answer: HttpResponse) -> dict[str, Any]:
    """What the page's form carries along unseen."""
    told: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode()):
        told.setdefault(name, []).append(unescape(value))
    told.pop("csrfmiddlewaretoken", None)
    return told


def open_session(**fields: Any) -> Session:
    """In two languages unless others are given, two weeks ahead of the tests' day."""
    titles = {"en": "Heat at night", "es": "Calor de noche"}
    return make_open_session(starts_at=THEN, **{"titles": titles, **fields})


def come(session: Session, *names: str, language: str = "en") -> None:
    """Registered, each at an address made of her name; what they were told of it is out of the way."""
    for name in names:
        make_registration(session, f"{name.lower()}@puno.example", name=name, language=language)
    deliver_all()
    outbox.outbox.clear()
    session.refresh_from_db()


def at_desk(session: Session) -> str:
    return f"/webinars/desk/{session.pk}/"


def send(client: Client, address: str, answer: Any, **told: Any) -> Any:
    """The step's form with these fields, as often as it shows other mails than before."""
    answer = client.post(address, hidden(answer) | told | {"deed": "show"})
    return client.post(address, hidden(answer) | told | {"deed": "tell"})
