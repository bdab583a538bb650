"""What a session asks those who register."""

import secrets
from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import pgettext_lazy

from community.facts.actions import action
from community.members.models import Member
from community.members.rulings import NotAllowed
from webinars.actions.schedule import SessionConflict, note_revision
from webinars.actions.seats import held_session
from webinars.models import Session
from webinars.queries.desk import has_people
from webinars.questions import Question, as_json, questions_of

ID_BYTES = 4


@action
def ask_questions(session_id: int, questions: Iterable[Question], *, version: int, by: Member) -> Session:
    """These, in their order, and no others. The same again changes nothing.

    Once somebody has registered, wordings and new questions alone are other than before: answers keep their meaning.
    Params: version, of the session as it was read. Raises: SessionConflict where it is not the present one, NotAllowed;
    nothing is written then. Records: SessionRevised.
    """
    session = held_session(session_id)
    if session.version != version:
        raise SessionConflict(session)
    before = {each.id: each for each in questions_of(session)}
    asked = _with_ids(questions, before)
    if not _keep_meaning(asked, before) and has_people(session):
        raise NotAllowed(pgettext_lazy("why not", "People have registered: their answers would lose their question."))
    if as_json(asked) != session.questions:
        session.questions = as_json(asked)
        session.save(update_fields=["questions"])
        note_revision(session, by=by)
    return session


def _with_ids(questions: Iterable[Question], before: dict[str, Question]) -> list[Question]:
    """A new one gets an id that none has had: what was answered to another is no answer to it."""
    free = dict(before)
    return [each if free.pop(each.id, None) else replace(each, id=secrets.token_hex(ID_BYTES)) for each in questions]


def _keep_meaning(asked: list[Question], before: dict[str, Question]) -> bool:
    now = {each.id: each for each in asked}
    return all(
        (other := now.get(was.id)) is not None and other.kind == was.kind and other.option_count >= was.option_count
        for was in before.values()
    )
