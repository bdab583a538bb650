"""An organiser writes to those who come: she sees the mails first, each goes out once, and all organisers see it."""

from datetime import timedelta
from email.header import decode_header, make_header
from email.message import Message as Letter
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.facts.models import Delivery
from community.mail.actions import write_mail
from community.mail.models import Mail
from community.mail.queries import refused_addresses
from tests.factories.deliveries import deliver_all
from tests.factories.members import make_member, make_organiser
from tests.factories.webinars import make_draft, make_registration
from tests.webinars.telling.reading import come, hidden, letters, open_session, words_of
from webinars.actions import cancel_registration, cancel_session, write_message
from webinars.models import Audience, Message, Session
from webinars.rules import can_write_to_attendees

pytestmark = pytest.mark.django_db
SUBJECT, TEXT = "Bring water: 100% shade is not certain", "The hall is warm.\n\nWater is outside."


def page_of(session: Session) -> str:
    return f"/webinars/desk/{session.pk}/write/"


def typed(**told: str) -> dict[str, str]:
    return {"audience": "registered", "subject_en": SUBJECT, "text_en": TEXT, "token": "one"} | told


def send(client: Client, session: Session, **told: str) -> Any:
    shown = client.post(page_of(session), typed(**told) | {"deed": "show"})
    seen = {"mails-seen": hidden(shown)["mails-seen"][0]}
    return client.post(page_of(session), typed(**told) | seen | {"deed": "send"})


def subject_of(letter: Letter) -> str:
    return str(make_header(decode_header(letter["Subject"])))


def test_she_writes_in_the_languages_that_are_read_and_each_gets_one_mail_in_hers(bo: Client) -> None:
    session = open_session()
    come(session, "Cai")
    come(session, "Noor", language="ar")
    come(session, "Rosa", language="es")
    arabic = {"subject_ar": "أحضروا الماء", "text_ar": "القاعة دافئة."}

    form = bo.get(page_of(session)).content.decode()
    shown = bo.post(page_of(session), typed(**arabic) | {"deed": "show"}).content.decode()
    answer = send(bo, session, **arabic)

    assert [code for code in ("en", "es", "ar", "pt", "fr") if f'name="subject_{code}"' in form] == ["en", "es", "ar"]
    assert "Send 3 mails" in shown and "3 people registered" in shown
    assert '<article class="box stack" lang="ar" dir="rtl"' in shown and "القاعة دافئة." in shown
    assert "Hello Cai," in shown and "/webinars/registration/" not in shown
    assert answer["Location"] == f"/webinars/desk/{session.pk}/registrations/#messages"
    sent = letters()
    assert {address: (subject_of(mail), mail["Content-Language"]) for address, mail in sent.items()} == {
        "cai@puno.example": (SUBJECT, "en"),
        "noor@puno.example": ("أحضروا الماء", "ar"),
        "rosa@puno.example": (SUBJECT, "es"),
    }
    assert "The hall is warm.\n\nWater is outside." in words_of(sent["rosa@puno.example"])
    assert "القاعة دافئة." in words_of(sent["noor@puno.example"])
    assert all("text/calendar" not in mail.as_string() for mail in sent.values())


def test_what_was_sent_is_listed_with_who_when_and_to_how_many(bo: Client) -> None:
    session = open_session()
    come(session, "Cai", "Dan")
    send(bo, session)

    html = bo.get(f"/webinars/desk/{session.pk}/registrations/").content.decode()

    assert SUBJECT in html and "Water is outside." in html
    assert "2 mails" in html and "<bdi>Bo</bdi>" in html and "26 Nov 2026" in html and "Who is registered" in html


def test_the_same_form_sent_twice_goes_out_once(bo: Client) -> None:
    session = open_session()
    come(session, "Cai")

    first, second = send(bo, session), send(bo, session)

    assert (first.status_code, second.status_code) == (302, 302)
    assert Message.objects.count() == 1
    assert list(letters()) == ["cai@puno.example"]


def test_a_form_that_was_sent_and_then_changed_says_that_the_change_has_not_gone_out(bo: Client) -> None:
    session = open_session()
    come(session, "Cai")
    send(bo, session)

    send(bo, session, text_en="Another text.")

    assert (
        "What it says now has not gone out." in bo.get(f"/webinars/desk/{session.pk}/registrations/").content.decode()
    )
    assert "Another text." not in words_of(letters()["cai@puno.example"])


@pytest.mark.parametrize(
    ("audience", "reached"),
    [("registered", ["cai"]), ("waiting", ["dan", "eva"]), ("both", ["cai", "dan", "eva"])],
)
def test_she_chooses_whom_it_reaches(bo: Client, audience: str, reached: list[str]) -> None:
    session = open_session(capacity=1)
    come(session, "Cai", "Dan", "Eva")

    send(bo, session, audience=audience)

    assert sorted(letters()) == [f"{name}@puno.example" for name in reached]
    assert Message.objects.get().count == len(reached)


def test_other_readers_are_shown_before_it_goes_to_them_and_nothing_typed_is_lost(bo: Client) -> None:
    session = open_session(capacity=1)
    come(session, "Cai")
    come(session, "Noor", language="ar")
    shown = bo.post(page_of(session), typed(subject_ar="ماء", text_ar="ماء بارد") | {"deed": "show"})
    assert hidden(shown)["text_ar"] == ["ماء بارد"], "nobody registered reads it; who waits does"

    seen = {"mails-seen": hidden(shown)["mails-seen"][0], "deed": "send"}
    answer = bo.post(page_of(session), typed(subject_ar="ماء", text_ar="ماء بارد", audience="both") | seen)

    assert answer.status_code == 200 and "Send 2 mails" in answer.content.decode()
    assert answer.context["form"]["text_ar"].value() == "ماء بارد"
    assert not Message.objects.exists()


def test_nobody_gets_it_who_has_cancelled_meanwhile_is_suspended_or_whose_address_refuses_mail(bo: Client) -> None:
    session, ana = open_session(), make_member("Ana")
    make_registration(session, ana)
    come(session, "Cai", "Dan", "Eva")
    _refuse("dan@puno.example")
    assert send(bo, session).status_code == 302
    assert Message.objects.get().count == 3, "all but whose server refuses it"

    cancel_registration(session.registrations.get(email="eva@puno.example").pk, quietly=True)
    ana.is_active = False
    ana.save()

    assert list(letters()) == ["cai@puno.example"]


def _refuse(address: str) -> None:
    mail = write_mail(to=address, language="en", kind="confirm_sign_up", context={"link": ""})
    error = repr(SMTPRecipientsRefused({address: (550, b"no such mailbox")}))
    Delivery.objects.filter(fact__name="mail_written", fact__ids={"mail_id": mail.pk}).update(
        parked_at=timezone.now(), error=error
    )


def test_an_address_that_takes_mail_again_is_written_to_again() -> None:
    _refuse("dan@puno.example")
    assert refused_addresses() == {"dan@puno.example"}

    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        write_mail(to="dan@puno.example", language="en", kind="confirm_sign_up", context={"link": ""})
        deliver_all()

    assert refused_addresses() == set()


def test_a_message_survives_until_it_is_delivered_and_then_goes_once_to_each() -> None:
    session = open_session()
    come(session, "Cai", "Dan")
    said = {"subjects": {"en": SUBJECT}, "texts": {"en": TEXT}}

    write_message(session, audience=Audience.REGISTERED, by=make_organiser(), **said)

    waiting = Delivery.objects.filter(done_at=None, listener="webinars.listeners.address_to_attendees")
    assert waiting.count() == 1, "whoever dies here has told nobody, and the next worker does"
    assert not Mail.objects.filter(subject=SUBJECT).exists()
    assert sorted(letters()) == ["cai@puno.example", "dan@puno.example"]
    assert Delivery.objects.filter(listener="webinars.listeners.send_to_attendee").count() == 2, "one each"
    assert letters() == {}


def test_a_bad_address_stops_nobody_elses_message(bo: Client) -> None:
    session = open_session()
    come(session, "Bad", "Cai")
    session.registrations.filter(email="bad@puno.example").update(email="bad@puno.example\nBcc: all@puno.example")

    send(bo, session)

    assert list(letters()) == ["cai@puno.example"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"subject_en": ""}, "subject_en"),
        ({"text_en": ""}, "text_en"),
        ({"text_en": "bell\x07"}, "text_en"),
        ({"text_en": "nul\x00"}, "text_en"),
        ({"subject_en": "\u202eoverride"}, "subject_en"),
        ({"subject_en": "x" * 151}, "subject_en"),
        ({"text_en": "x" * 10_001}, "text_en"),
        ({"subject_ar": "ماء"}, "text_ar"),
        ({"audience": "everybody"}, "audience"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_is_lost(bo: Client, told: dict[str, str], field: str) -> None:
    session = open_session()
    come(session, "Noor", language="ar")

    answer = bo.post(page_of(session), typed(**told) | {"deed": "send"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["subject_en"].value() == typed(**told)["subject_en"]
    assert not Message.objects.exists()


def test_a_hostile_text_stays_text_and_a_long_line_travels_whole(bo: Client) -> None:
    session = open_session()
    come(session, "Cai")
    text = "<script>alert(1)</script>\nBcc: all@puno.example\n\n.\n" + "ا" * 3_000

    send(bo, session, subject_en="Hello\r\nBcc: all@puno.example <b>", text_en=text)

    letter = letters()["cai@puno.example"]
    assert subject_of(letter) == "Hello Bcc: all@puno.example <b>" and letter["Bcc"] is None
    assert text in words_of(letter)
    assert max(map(len, letter.as_bytes().splitlines())) <= 998, "RFC 5322, 2.1.1"
    html = bo.get(f"/webinars/desk/{session.pk}/registrations/").content.decode()
    assert "<script>alert" not in html and "&lt;script&gt;alert" in html


def test_an_organiser_writes_so_often_an_hour_and_loses_nothing(bo: Client) -> None:
    session = open_session()
    come(session, "Cai")
    for number in range(10):
        assert send(bo, session, token=f"token-{number}").status_code == 302

    answer = send(bo, session, token="one more")

    html = answer.content.decode()
    assert answer.status_code == 422 and "Nothing is lost: send it later." in html and "Water is outside." in html
    assert Message.objects.count() == 10


def test_where_nobody_comes_nothing_can_be_sent(bo: Client) -> None:
    session = open_session()

    answer = bo.post(page_of(session), typed() | {"deed": "send"})

    assert "Nobody would get this now." in answer.content.decode()
    assert not Message.objects.exists()


def test_who_has_a_cancelled_session_can_be_written_to(bo: Client) -> None:
    session = open_session()
    come(session, "Cai")
    cancel_session(session.pk)
    deliver_all()
    outbox.outbox.clear()

    send(bo, session)

    assert list(letters()) == ["cai@puno.example"]


def test_organisers_alone_write_and_not_of_a_draft_nor_while_their_writing_is_paused(bo: Client) -> None:
    session, draft = open_session(), make_draft("draft")
    silenced = make_organiser("Ole", silenced_until=timezone.now() + timedelta(days=1))
    ana = Client()
    ana.force_login(make_member("Ana"))

    assert ana.get(page_of(session)).status_code == ana.post(page_of(session), typed()).status_code == 404
    assert Client().get(page_of(session)).status_code == 302
    assert bo.get(page_of(draft)).status_code == 403
    assert bo.get(f"/webinars/desk/{2**40}/write/").status_code == 404
    assert can_write_to_attendees(make_organiser("Una"), session)
    assert not can_write_to_attendees(silenced, session)


def test_writing_costs_the_same_queries_for_one_recipient_and_for_three(
    bo: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    session = open_session()
    come(session, "Cai")
    with django_assert_num_queries(8):
        bo.post(page_of(session), typed() | {"deed": "show"})
    come(session, "Dan", "Eva")

    with django_assert_num_queries(8):
        assert "Send 3 mails" in bo.post(page_of(session), typed() | {"deed": "show"}).content.decode()


def test_the_list_of_messages_costs_the_same_queries_for_one_and_for_three(
    bo: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    session = open_session()
    come(session, "Cai")
    send(bo, session)
    bo.get(f"/webinars/desk/{session.pk}/registrations/")
    with django_assert_num_queries(7):
        bo.get(f"/webinars/desk/{session.pk}/registrations/")
    for token in ("two", "three"):
        write_message(
            session,
            audience=Audience.BOTH,
            subjects={"en": SUBJECT},
            texts={"en": TEXT},
            by=make_organiser(token),
            token=token,
        )

    with django_assert_num_queries(7):
        assert bo.get(f"/webinars/desk/{session.pk}/registrations/").content.decode().count("Water is outside.") == 3
