"""Questions of a session, what somebody types in answer, and what a page costs."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.members.models import Member
from webinars.choices import QuestionKind
from webinars.models import Registration, Session
from webinars.questions import Question, questions_of

PAGE = "/webinars/frontline/heat/"
ROSA, IMANI, ASHA = "rosa@puno.example", "imani@accra.example", "asha@delhi.example"
DIET = Question(
    id="",
    kind=QuestionKind.CHOICE,
    texts={"en": "What do you eat?", "es": "¿Qué comes?"},
    options={"en": ["Anything", "No meat"], "es": ["Cualquier cosa", "Sin carne"]},
    is_required=True,
)


def enter(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def state_of(registration: Registration) -> str:
    registration.refresh_from_db()
    return registration.state


def ids_of(session: Session) -> list[str]:
    session.refresh_from_db()
    return [each.id for each in questions_of(session)]


def answers_typed(session: Session, *answers: str) -> dict[str, str]:
    return {f"answer_{each}": answer for each, answer in zip(ids_of(session), answers, strict=True)}


def answers(session: Session, *given: str) -> dict[str, str]:
    return dict(zip(ids_of(session), given, strict=True))


def read(client: Client, address: str = PAGE) -> str:
    return client.get(address).content.decode()


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)
