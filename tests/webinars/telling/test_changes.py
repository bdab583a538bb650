"""Before people hear of a change, whoever makes it sees whom it is told, and the mails; and may add a note."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.facts.models import Delivery, Fact
from community.mail.models import Mail
from tests.factories.deliveries import deliver_all
from tests.factories.members import make_member
from tests.factories.webinars import make_registration
from tests.webinars.desk import typed_of
from tests.webinars.telling.reading import at_desk, come, hidden, letters, method_of, open_session, send, words_of
from webinars.actions import cancel_session, move_session, restore_session, retitle_session, revise_session
from webinars.models import ChangeNote, Session
from webinars.plans import SessionPlan, Telling

pytestmark = pytest.mark.django_db


def test_moving_shows_how_many_are_told_in_which_languages_and_their_mails_before_anything_is_saved(bo: Client) -> None:
    session = open_session(capacity=2)
    come(session, "Rosa", language="es")
    come(session, "Noor", language="ar")
    come(session, "Cai")

    answer = bo.post(at_desk(session), typed_of(session, time="14:30"))

    html = answer.content.decode()
    assert answer.status_code == 200
    assert "2 people registered" in html and "1 person waiting for a seat" in html
    assert [f'<article class="box stack" lang="{code}" dir="{way}"' in html for code, way in
            (("en", "ltr"), ("es", "ltr"), ("ar", "rtl"))] == [True] * 3  # fmt: skip
    assert html.index('lang="en" dir="ltr" aria') < html.index('lang="es" dir="ltr" aria'), "the original one first"
    assert "Another time: Heat at night" in html and "Hello Cai," in html
    assert "Calor de noche" in html and "10 dic 2026, 09:30" in html, "by her clock"
    assert [name for name in ("note_en", "note_es", "note_ar", "note_pt") if f'name="telling-{name}"' in html] == [
        "note_en", "note_es", "note_ar",
    ]  # fmt: skip
    assert "stay at the old time in people&#x27;s calendars" in html or "stay at the old time in people's" in html
    assert 'name="telling-tells"' not in html, "a mail that calendars need cannot be left out"
    session.refresh_from_db()
    assert session.starts_local == "2026-12-10T13:00" and letters() == {}


def test_the_mail_of_a_move_says_the_time_and_the_title_before_in_the_readers_zone_and_language(bo: Client) -> None:
    session = open_session()
    come(session, "Cai")
    come(session, "Rosa", language="es")
    both = {"time": "14:30", "title_en": "Heat by day", "title_es": "Calor de día"}

    asked = bo.post(at_desk(session), typed_of(session, **both))
    assert "Title before:" in asked.content.decode() and "Heat at night" in asked.content.decode(), "shown first"
    send(bo, at_desk(session), asked)

    sent = letters()
    hers = words_of(sent["cai@puno.example"])
    assert sent["cai@puno.example"]["Subject"] == "Another time: Heat by day"
    assert "Time before: " in hers and "8:00" in hers.split("Time before:")[1], "13:00 UTC by the clocks of Lima"
    assert "Title before: Heat at night" in hers
    assert "Calor de noche" in words_of(sent["rosa@puno.example"])


def test_several_changes_told_in_one_mail_name_what_its_reader_was_told_last(bo: Client) -> None:
    session = open_session()
    come(session, "Cai")
    move_session(session.pk, starts_local="2026-12-10T14:30")
    retitle_session(session.pk, titles={"en": "Heat by day"}, abstracts={})
    move_session(session.pk, starts_local="2026-12-10T16:30")

    first = words_of(letters()["cai@puno.example"])
    assert "8:00" in first.split("Time before:")[1] and "Title before: Heat at night" in first

    retitle_session(session.pk, titles={}, abstracts={"en": "Shade."})
    then = words_of(letters()["cai@puno.example"])
    assert "before:" not in then, "neither is another"


def test_a_mail_that_is_shown_holds_no_link_of_its_reader(bo: Client) -> None:
    session = open_session()
    come(session, "Rosa")

    html = bo.post(at_desk(session), typed_of(session, time="14:30")).content.decode()

    assert "/webinars/registration/" not in html
    move = bo.post(
        at_desk(session), hidden(bo.post(at_desk(session), typed_of(session, time="14:30"))) | {"deed": "tell"}
    )
    assert move.status_code == 302
    assert "/webinars/registration/" in words_of(letters()["rosa@puno.example"])


def test_a_note_reaches_each_reader_in_her_language_or_in_the_original_one(bo: Client) -> None:
    session = open_session()
    come(session, "Cai")
    come(session, "Rosa", language="es")
    come(session, "Noor", language="ar")
    come(session, "Fay", language="fr")
    asked = bo.post(at_desk(session), typed_of(session, time="14:30"))
    notes = {
        "telling-note_en": "The mayor can come at this hour.",
        "telling-note_es": "A esta hora puede venir la alcaldesa.",
        "telling-note_ar": "العمدة تستطيع الحضور في هذه الساعة.",
    }

    answer = send(bo, at_desk(session), asked, **notes)

    assert answer["Location"] == at_desk(session)
    sent = letters()
    told = {address: [note for note in notes.values() if note in words_of(mail)] for address, mail in sent.items()}
    assert told == {
        "cai@puno.example": [notes["telling-note_en"]],
        "rosa@puno.example": [notes["telling-note_es"]],
        "noor@puno.example": [notes["telling-note_ar"]],
        "fay@puno.example": [notes["telling-note_en"]],
    }
    assert {method_of(mail) for mail in sent.values()} == {"REQUEST"}
    html = next(part for part in sent["fay@puno.example"].walk() if part.get_content_type() == "text/html")
    payload: Any = html.get_payload(decode=True)
    assert '<blockquote lang="en" dir="auto">' in payload.decode()


def test_a_note_that_was_not_shown_in_the_mails_is_shown_before_it_goes(bo: Client) -> None:
    session = open_session()
    come(session, "Rosa")
    asked = bo.post(at_desk(session), typed_of(session, time="14:30"))

    answer = bo.post(at_desk(session), hidden(asked) | {"telling-note_en": "Bring water.", "deed": "tell"})

    html = answer.content.decode()
    assert answer.status_code == 200 and "Nothing is saved yet." in html
    assert html.count("Bring water.") == 2, "in its field, and in the mail"
    assert letters() == {}
    bo.post(at_desk(session), hidden(answer) | {"telling-note_en": "Bring water.", "deed": "tell"})
    assert "Bring water." in words_of(letters()["rosa@puno.example"])


def test_going_back_loses_nothing_of_what_was_typed_on_either_page(bo: Client) -> None:
    session = open_session()
    come(session, "Rosa")
    abstract = 'Two lines,\n"quoted" & <b>bold</b>'
    asked = bo.post(at_desk(session), typed_of(session, time="14:30", abstract_en=abstract, title_fr="Nuits chaudes"))

    back = bo.post(at_desk(session), hidden(asked) | {"telling-note_en": "Bring\nwater.", "deed": "back"})

    assert back.status_code == 200
    form = back.context["form"]
    assert (form["abstract_en"].value(), form["title_fr"].value(), form["time"].value()) == (
        abstract,
        "Nuits chaudes",
        "14:30",
    )
    assert back.context["speakers"][0]["role"].value() == "Engineer"
    assert hidden(back)["telling-note_en"] == ["Bring\nwater."]
    again = bo.post(at_desk(session), typed_of(session, time="15:30") | hidden(back))
    assert again.context["form"]["note_en"].value() == "Bring\nwater."
    assert "Bring<br>water." in again.content.decode()
    session.refresh_from_db()
    assert session.starts_local == "2026-12-10T13:00" and not ChangeNote.objects.exists()


def test_a_new_title_can_be_told_to_nobody_and_a_later_move_tells_it(bo: Client) -> None:
    session = open_session()
    come(session, "Rosa")
    asked = bo.post(at_desk(session), typed_of(session, title_en="Heat, at night"))
    assert 'name="telling-tells"' in asked.content.decode()
    assert "Changed: Heat, at night" in asked.content.decode()

    answer = bo.post(at_desk(session), hidden(asked) | {"telling-note_en": "A comma.", "deed": "tell"})

    assert answer.status_code == 302 and letters() == {}
    assert not ChangeNote.objects.exists(), "for nobody"
    session.refresh_from_db()
    assert session.title_en == "Heat, at night"  # type: ignore[attr-defined]
    told = Fact.objects.filter(name__startswith="session_").latest("pk")
    assert told.name in ("session_retitled_quietly", "session_revised")
    moved = bo.post(at_desk(session), typed_of(session, time="14:30"))
    assert bo.post(at_desk(session), hidden(moved) | {"deed": "tell"}).status_code == 302
    letter = letters()["rosa@puno.example"]
    assert letter["Subject"] == "Another time: Heat, at night"
    assert "A comma." not in words_of(letter)


def test_a_new_title_is_told_where_she_wants_it_told(bo: Client) -> None:
    session = open_session()
    come(session, "Rosa")
    asked = bo.post(at_desk(session), typed_of(session, title_en="Heat, at night"))

    answer = send(bo, at_desk(session), asked, **{"telling-tells": "on", "telling-note_en": "A comma."})

    assert answer.status_code == 302
    letter = letters()["rosa@puno.example"]
    assert letter["Subject"] == "Changed: Heat, at night" and "A comma." in words_of(letter)


def test_cancelling_asks_too_and_the_reason_stays_typed(bo: Client) -> None:
    session = open_session()
    come(session, "Rosa", language="es")
    address = f"{at_desk(session)}cancel/"

    asked = bo.post(address, {"deed": "cancel", "reason": "The speaker is ill."})
    back = bo.post(address, hidden(asked) | {"telling-note_es": "Otro día.", "deed": "back"})
    again = bo.post(address, hidden(back) | {"reason": "The speaker is ill.", "deed": "cancel"})

    html = asked.content.decode()
    assert "The speaker is ill." in html and "Cancelada: Calor de noche" in html
    assert "stay in people&#x27;s calendars" in html or "stay in people's calendars" in html
    assert Session.objects.get().cancelled_at is None
    assert back.context["form"]["reason"].value() == "The speaker is ill."
    assert again.context["form"]["note_es"].value() == "Otro día."
    done = bo.post(address, hidden(again) | {"telling-note_es": "Otro día.", "deed": "tell"})
    assert done["Location"] == at_desk(session)
    letter = letters()["rosa@puno.example"]
    assert method_of(letter) == "CANCEL"
    assert "Otro día." in words_of(letter) and "The speaker is ill." in words_of(letter)


def test_a_note_in_another_language_alone_is_asked_for_in_the_original_too_where_somebody_would_get_none(
    bo: Client,
) -> None:
    session = open_session()
    come(session, "Rosa", language="es")
    come(session, "Noor", language="ar")
    asked = bo.post(at_desk(session), typed_of(session, time="14:30"))

    answer = bo.post(at_desk(session), hidden(asked) | {"telling-note_es": "Agua.", "deed": "tell"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["note_en"]
    assert answer.context["form"]["note_es"].value() == "Agua."
    assert (
        send(bo, at_desk(session), asked, **{"telling-note_es": "Agua.", "telling-note_ar": "ماء"}).status_code == 302
    )


def test_where_nobody_comes_nothing_is_asked(bo: Client) -> None:
    session = open_session()
    gone = make_member("Cai")
    make_registration(session, gone)
    gone.is_active = False
    gone.save()
    session.refresh_from_db()

    moved = bo.post(at_desk(session), typed_of(session, time="14:30"))
    cancelled = bo.post(f"{at_desk(session)}cancel/", {"deed": "cancel", "reason": ""})

    assert (moved.status_code, cancelled.status_code) == (302, 302)
    assert Session.objects.get().cancelled_at is not None


def test_what_nobody_hears_of_is_saved_without_a_question(bo: Client) -> None:
    session = open_session()
    come(session, "Rosa")
    bo.post(at_desk(session), typed_of(session))  # the speaker

    session.refresh_from_db()
    answer = bo.post(at_desk(session), typed_of(session, number="7"))

    assert answer.status_code == 302 and letters() == {}


def test_who_was_slower_reads_what_another_wrote_before_she_is_asked_and_keeps_her_note(bo: Client) -> None:
    session = open_session()
    come(session, "Rosa")
    asked = bo.post(at_desk(session), typed_of(session, time="14:30"))
    revise_session(session.pk, plan_of(session, number=9), version=session.version)

    answer = bo.post(at_desk(session), hidden(asked) | {"telling-note_en": "Bring water.", "deed": "tell"})

    assert answer.status_code == 409
    assert hidden(answer)["telling-note_en"] == ["Bring water."]


def plan_of(session: Session, **fields: Any) -> SessionPlan:
    plan: dict[str, Any] = {
        "slug": session.slug,
        "titles": {"en": session.title_en, "es": session.title_es},  # type: ignore[attr-defined]
        "abstracts": {},
        "starts_local": session.starts_local,
        "timezone": session.timezone,
        "minutes": session.minutes,
        "languages": tuple(session.languages),
        "takes_registrations": True,
    }
    return SessionPlan(**plan | fields)


def test_notes_of_changes_that_nobody_was_told_of_yet_go_in_one_mail_in_their_order() -> None:
    session = open_session()
    come(session, "Rosa")
    for hour, note in (("14", "First."), ("15", "Second.")):
        session.refresh_from_db()
        plan = plan_of(session, starts_local=f"2026-12-10T{hour}:00")
        revise_session(session.pk, plan, version=session.version, telling=Telling(notes={"en": note}))

    words = words_of(letters()["rosa@puno.example"])

    assert words.index("First.") < words.index("Second.")


def test_why_it_was_cancelled_is_told_to_nobody_once_it_takes_place_after_all() -> None:
    session = open_session()
    come(session, "Rosa")
    cancel_session(session.pk, telling=Telling(notes={"en": "The hall burns."}))
    restore_session(session.pk)

    letter = letters()["rosa@puno.example"]

    assert letter["Subject"] == "It takes place after all: Heat at night"
    assert "The hall burns." not in words_of(letter)


def test_who_registers_after_the_change_gets_no_note_of_it() -> None:
    session = open_session()
    cancel_session(session.pk, telling=Telling(notes={"en": "The hall burns."}))
    restore_session(session.pk)
    session.refresh_from_db()
    revise_session(
        session.pk,
        plan_of(session, starts_local="2026-12-10T15:00"),
        version=session.version,
        telling=Telling(notes={"en": "An hour later."}),
    )
    make_registration(session)

    assert "An hour later." not in "".join(map(words_of, letters().values()))


def test_a_note_is_kept_with_its_change_and_survives_until_its_mail_is_delivered() -> None:
    session = open_session()
    come(session, "Rosa")

    cancel_session(session.pk, telling=Telling(notes={"en": "The hall burns."}))

    assert ChangeNote.objects.get().texts == {"en": "The hall burns."}
    waiting = Delivery.objects.filter(done_at=None, listener="webinars.listeners.tell_attendees")
    assert waiting.count() == 1, "whoever dies here has told nobody, and the next worker does"
    assert not Mail.objects.filter(subject__startswith="Cancelled").exists()
    assert "The hall burns." in words_of(letters()["rosa@puno.example"])
    deliver_all()
    assert letters() == {}


@pytest.mark.parametrize("hostile", ["bell\x07", "nul\x00", "\u202eoverride", "x" * 2_001])
def test_a_hostile_note_is_refused_beside_its_field(bo: Client, hostile: str) -> None:
    session = open_session()
    come(session, "Rosa")
    asked = bo.post(at_desk(session), typed_of(session, time="14:30"))

    answer = bo.post(at_desk(session), hidden(asked) | {"telling-note_en": hostile, "deed": "tell"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["note_en"]
    assert not ChangeNote.objects.exists()


def test_a_note_of_one_long_line_with_markup_travels_whole_and_as_text(bo: Client) -> None:
    session = open_session()
    come(session, "Rosa")
    note = "<script>alert(1)</script>\nBcc: all@puno.example\n\n.\n" + "a" * 1_500
    asked = bo.post(at_desk(session), typed_of(session, time="14:30"))

    send(bo, at_desk(session), asked, **{"telling-note_en": note})

    letter = letters()["rosa@puno.example"]
    assert note in words_of(letter)
    assert letter["Bcc"] is None
    assert max(map(len, letter.as_bytes().splitlines())) <= 998, "RFC 5322, 2.1.1"
    html = next(part for part in letter.walk() if part.get_content_type() == "text/html")
    payload: Any = html.get_payload(decode=True)
    assert "<script>" not in payload.decode() and "&lt;script&gt;" in payload.decode()


def test_the_question_costs_the_same_queries_for_one_recipient_and_for_three(
    bo: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    session = open_session()
    come(session, "Rosa")
    with django_assert_num_queries(11):
        bo.post(at_desk(session), typed_of(session, time="14:30"))
    come(session, "Cai", "Dan")

    with django_assert_num_queries(11):
        assert "3 people registered" in bo.post(at_desk(session), typed_of(session, time="14:30")).content.decode()
