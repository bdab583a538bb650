"""When it is asked whom to tell: after what is wrong is said, and for what takes place after all too."""

import pytest
from django.test import Client

from tests.factories.webinars import make_open_session
from tests.webinars.desk import typed_of
from tests.webinars.telling.reading import THEN, at_desk, come, hidden, letters, method_of, open_session, send, words_of
from webinars.actions import cancel_session

pytestmark = pytest.mark.django_db


def test_what_a_new_time_clashes_with_is_shown_first_and_whom_to_tell_after_it(bo: Client) -> None:
    session = open_session()
    come(session, "Rosa")
    other = make_open_session("waste", starts_at=THEN.replace(hour=14), titles={"en": "Waste"})
    typed = typed_of(session, time="14:30")

    clashing = bo.post(at_desk(session), typed)
    assert clashing.status_code == 422
    assert "Waste" in clashing.content.decode()
    asked = bo.post(at_desk(session), typed | {"seen": [other.pk]})
    assert "1 person registered" in asked.content.decode()
    assert str(other.pk) in hidden(asked)["seen"]
    assert send(bo, at_desk(session), asked).status_code == 302

    session.refresh_from_db()
    assert session.starts_local.endswith("T14:30")
    assert list(letters()) == ["rosa@puno.example"]


def test_before_it_takes_place_after_all_people_are_counted_and_the_mails_shown(bo: Client) -> None:
    session = open_session()
    come(session, "Rosa")
    cancel_session(session.pk)
    letters()

    asked = bo.post(f"{at_desk(session)}cancel/", {"does": "restore"})

    assert "1 person registered" in asked.content.decode()
    session.refresh_from_db()
    assert session.cancelled_at is not None
    note = {"telling-note_en": "The hall is free."}
    assert send(bo, f"{at_desk(session)}cancel/", asked, **note)["Location"] == at_desk(session)
    letter = letters()["rosa@puno.example"]
    assert (letter["Subject"], method_of(letter)) == ("It takes place after all: Heat at night", "REQUEST")
    assert "The hall is free." in words_of(letter)
    bo.post(f"{at_desk(session)}cancel/", {"does": "restore"})
    assert letters() == {}, "what takes place is not restored once more"


def test_a_session_to_come_is_not_moved_into_the_past_where_nobody_would_be_told(bo: Client) -> None:
    session = open_session()
    come(session, "Rosa")

    answer = bo.post(at_desk(session), typed_of(session, day="2026-11-01"))

    assert answer.status_code == 422
    assert "This time is over already." in answer.content.decode()
    session.refresh_from_db()
    assert session.starts_at == THEN


def test_back_from_the_mails_shows_what_the_new_time_clashes_with(bo: Client) -> None:
    session = open_session()
    come(session, "Rosa")
    make_open_session("waste", starts_at=THEN, titles={"en": "Waste at noon"})

    answer = bo.post(at_desk(session), typed_of(session, day="2026-12-11") | {"deed": "back"})

    assert "Waste at noon" not in answer.content.decode()
    assert "Nothing is saved yet." in answer.content.decode()
