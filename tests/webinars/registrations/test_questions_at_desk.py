"""Questions asked at registration, as organisers write them: what has been answered keeps its meaning."""

from typing import Any

import pytest
from django.test import Client

from community.facts.models import Fact, Stream
from community.members.models import Member
from community.members.rulings import NotAllowed
from tests.factories.members import make_member
from tests.factories.webinars import (
    make_asking_session,
    make_open_session,
    make_question,
    make_registration,
)
from tests.webinars.desk import organiser
from tests.webinars.registrations.asking import DIET, answers, enter, ids_of, read
from webinars.actions import (
    SessionConflict,
    ask_questions,
)
from webinars.choices import QuestionKind
from webinars.models import Session
from webinars.questions import Question, questions_of

pytestmark = pytest.mark.django_db


def at_desk(session: Session) -> str:
    return f"/webinars/desk/{session.pk}/questions/"


def rows(session: Session, *written: dict[str, Any]) -> dict[str, Any]:
    """The form as an organiser fills it in."""
    session.refresh_from_db()
    told: dict[str, Any] = {"version": session.version, "questions-INITIAL_FORMS": len(session.questions)}
    told["questions-TOTAL_FORMS"] = len(written)
    for number, row in enumerate(written):
        told |= {f"questions-{number}-{name}": value for name, value in ({"kind": "line"} | row).items()}
    return told


def test_an_organiser_asks_up_to_five_questions_in_several_languages() -> None:
    session, client = make_open_session(), organiser()
    diet = {
        "kind": "choice",
        "text_en": "What do you eat?",
        "options_en": "Anything\n\n No meat \n",
        "is_required": "on",
    }

    answer = client.post(at_desk(session), rows(session, {"text_en": "Your role?", "text_ar": "ما دورك؟"}, diet, {}))

    assert answer.status_code == 302
    session.refresh_from_db()
    role, food = questions_of(session)
    assert (role.kind, role.texts, role.is_required) == ("line", {"en": "Your role?", "ar": "ما دورك؟"}, False)
    assert (food.kind, food.options, food.is_required) == ("choice", {"en": ["Anything", "No meat"]}, True)
    page = read(client, at_desk(session))
    assert 'value="ما دورك؟"' in page and "Anything\nNo meat</textarea>" in page
    assert "questions-2-text_en" in page and "questions-3-text_en" not in page


def test_a_sixth_question_is_not_asked() -> None:
    session = make_open_session()

    organiser().post(at_desk(session), rows(session, *({"text_en": f"Question {number}?"} for number in range(6))))

    assert len(ids_of(session)) <= 5


@pytest.mark.parametrize(
    ("row", "field", "why"),
    [
        ({"is_required": "on"}, "text_en", "Write the question in one language at least."),
        ({"text_en": "x" * 201}, "text_en", "201"),
        ({"kind": "choice", "text_en": "Food?"}, "options_en", "Write two to 8 choices"),
        ({"kind": "choice", "text_en": "Food?", "options_en": "\n".join("abcdefghi")}, "options_en", "Write two to 8"),
        ({"kind": "choice", "text_en": "Food?", "options_en": "a\na"}, "options_en", "stands there twice"),
        ({"kind": "choice", "text_en": "Food?", "options_en": "a\n" + "b" * 101}, "options_en", "Shorten it"),
        (
            {
                "kind": "choice",
                "text_en": "Food?",
                "options_en": "a\nb",
                "text_es": "¿Comida?",
                "options_es": "a\nb\nc",
            },
            "options_es",
            "Write as many choices in each language",
        ),
        (
            {"kind": "choice", "text_en": "Food?", "options_en": "a\nb", "options_es": "a\nb"},
            "text_es",
            "Write the question in the language of its choices too.",
        ),
        ({"text_en": "Food?", "options_en": "a\nb"}, "kind", "There are choices below"),
        ({"kind": "poem", "text_en": "Food?"}, "kind", "poem"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(row: dict[str, str], field: str, why: str) -> None:
    session = make_open_session()

    answer = organiser().post(at_desk(session), rows(session, {"text_en": "Your role?"}, row))

    page = answer.content.decode()
    assert answer.status_code == 422 and not ids_of(session)
    assert f'id="id_questions-1-{field}_error"' in page and why in page and 'value="Your role?"' in page


def test_questions_are_taken_away_until_somebody_has_registered(bo: Member) -> None:
    session, client = make_asking_session(make_question(), DIET, by=bo), organiser()
    work, diet = ids_of(session)
    kept = {"id": diet, "kind": "choice", "text_en": "Food?", "options_en": "Anything\nNo meat"}

    client.post(at_desk(session), rows(session, {"id": work, "text_en": "What do you do?", "DELETE": "on"}, kept))

    assert ids_of(session) == [diet]
    make_registration(session)
    page = read(client, at_desk(session))
    assert "questions-0-DELETE" not in page and "take none away" in page


def test_once_somebody_has_registered_wordings_change_and_meanings_stay(bo: Member) -> None:
    session = make_asking_session(DIET, by=bo)
    make_registration(session, answers=answers(session, "1"))
    [diet], client = ids_of(session), organiser()
    same = {"id": diet, "kind": "choice", "text_en": "Your food?", "options_en": "All\nNo meat\nNo fish"}

    answers_of_desk = [
        client.post(at_desk(session), rows(session, same | other)).status_code
        for other in ({"kind": "line", "options_en": ""}, {"options_en": "All\nNo meat"}, {"options_en": "All"}, {})
    ]

    assert answers_of_desk == [422, 302, 422, 302]
    session.refresh_from_db()
    [question] = questions_of(session)
    assert (question.id, question.texts, question.option_count) == (diet, {"en": "Your food?"}, 3)
    for gone in ([], [make_question()]):
        with pytest.raises(NotAllowed, match="lose their question"):
            ask_questions(session.pk, gone, version=session.version, by=bo)


def test_an_id_that_another_question_had_is_never_given_again(bo: Member) -> None:
    session = make_asking_session(make_question(), by=bo)
    [first] = ids_of(session)
    ask_questions(session.pk, [], version=session.version, by=bo)
    session.refresh_from_db()

    forged = Question(id=first, kind=QuestionKind.LINE, texts={"en": "Another?"})
    ask_questions(session.pk, [forged, forged], version=session.version, by=bo)

    one, other = ids_of(session)
    assert first not in (one, other) and one != other


def test_who_was_slower_reads_what_the_other_wrote_and_loses_nothing(bo: Member) -> None:
    session, client = make_open_session(), organiser()
    told = rows(session, {"text_en": "Mine?"})
    ask_questions(session.pk, [make_question("Theirs?")], version=session.version, by=bo)

    late = client.post(at_desk(session), told)

    page = late.content.decode()
    assert late.status_code == 409 and "Theirs?" in page and 'value="Mine?"' in page
    assert [each.texts for each in questions_of(Session.objects.get())] == [{"en": "Theirs?"}]
    session.refresh_from_db()
    assert f'name="version" value="{session.version}"' in page
    with pytest.raises(SessionConflict):
        ask_questions(session.pk, [], version=1, by=bo)


def test_pages_kept_for_guests_end_with_what_is_asked_and_the_same_again_changes_nothing(bo: Member) -> None:
    session = make_open_session()
    before, version = Stream.objects.get(name="schedule").head, session.version

    asked = ask_questions(session.pk, [make_question()], version=version, by=bo)
    ask_questions(session.pk, questions_of(asked), version=asked.version, by=bo)

    session.refresh_from_db()
    assert session.version == version + 1 and Stream.objects.get(name="schedule").head == before + 1
    fact = Fact.objects.filter(name="session_revised").get()
    assert (fact.ids, fact.actor_id) == ({"session_id": session.pk, "series_id": session.series_id}, bo.pk)


@pytest.mark.parametrize("who", ["member", "guest"])
def test_the_desk_of_questions_is_for_organisers_alone(who: str) -> None:
    session = make_open_session()
    client = Client() if who == "guest" else enter(make_member("Ana"))

    answers_to_both = [client.get(at_desk(session)), client.post(at_desk(session), rows(session, {"text_en": "Why?"}))]

    assert all(each.status_code in (302, 404) for each in answers_to_both) and not ids_of(session)
    assert "questions/" in read(organiser(), f"/webinars/desk/{session.pk}/")
