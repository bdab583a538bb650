"""Who speaks in a session hears of another time, title or end, in her language, and gets to her own entry by it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.facts.models import Fact
from tests.factories.deliveries import deliver_all
from tests.factories.members import make_organiser
from tests.factories.webinars import make_draft, make_open_session, make_proposal, make_series, make_speaker
from tests.webinars.desk import typed_of
from tests.webinars.telling.reading import THEN, at_desk, come, hidden, letters, method_of, open_session, send, words_of
from webinars.actions import (
    accept_proposal,
    cancel_session,
    end_speaker_link,
    move_session,
    restore_session,
    retitle_session,
    send_speaker_link,
    settle_zone,
    show_session,
)
from webinars.choices import Visibility
from webinars.models import Series, Session, Speaker
from webinars.plans import Telling
from webinars.proposing import AcceptForm

pytestmark = pytest.mark.django_db
SOL, RUI = "sol@puno.example", "rui@puno.example"


def spoken_session(*names: str, **fields: Any) -> Session:
    return open_session(speakers=[make_speaker("Gardener", name=name) for name in names], **fields)


def link(session: Session, position: int = 1, *, email: str = SOL, language: str = "es") -> str:
    """Her link is sent, and its mail is out of the way. Returns: its token."""
    speaker = Speaker.objects.get(session=session, position=position)
    token = send_speaker_link(speaker, email=email, language=language, by=make_organiser(f"Eli{position}"))
    letters()
    return token


def typed(session: Session, **fields: Any) -> dict[str, Any]:
    """The session's form at the desk as it stands, with its speakers."""
    told = typed_of(session, **fields)
    for number, each in enumerate(session.speakers.all()):
        told |= {f"speakers-{number}-{name}": getattr(each, name) for name in ("name", "role")}
        told[f"speakers-{number}-speaker"] = each.pk
    return told | {"speakers-TOTAL_FORMS": session.speakers.count()}


def test_who_speaks_reads_the_time_and_the_title_before() -> None:
    session = spoken_session("Sol")
    link(session, language="en")
    move_session(session.pk, starts_local="2026-12-10T14:30")
    retitle_session(session.pk, titles={"en": "Heat by day"}, abstracts={})

    words = words_of(letters()[SOL])

    assert "Time before: Thu 10 Dec 2026, 13:00 UTC" in words
    assert "Title before: Heat at night" in words


def test_who_speaks_hears_of_another_time_in_her_language_and_reaches_her_entry_by_that_mail(
    bo: Client, client: Client
) -> None:
    session = spoken_session("Sol", timezone="America/Lima", starts_local="2026-12-10T08:00")
    first = link(session)

    asked = bo.post(at_desk(session), typed(session, time="09:30"))
    html = asked.content.decode()

    assert "1 person speaking" in html and "The mails to those who speak" in html
    assert "Otra hora: Calor de noche" in html and "/webinars/speaker/" not in html
    assert 'name="telling-speakers"' in html and 'name="telling-tells"' not in html
    assert "The mails go out in any case" not in html, "nobody is registered"
    assert Session.objects.get().starts_local == "2026-12-10T08:00" and letters() == {}
    told = {"telling-speakers": "on", "telling-note_es": "Una hora más.", "telling-note_en": "An hour later."}
    assert send(bo, at_desk(session), asked, **told).status_code == 302
    letter = letters()[SOL]
    assert (letter["Content-Language"], method_of(letter)) == ("es", "")
    words = words_of(letter)
    assert "Una hora más." in words and "09:30" in words, "by the session's own clocks"
    [address] = re.findall(r"http://localhost:8000(/es/webinars/speaker/\S+)", words)
    assert 'value="Sol"' in client.get(address).content.decode()
    assert client.get(f"/es/webinars/speaker/{first}/").status_code == 200, "the link that she had still holds"


def test_nothing_goes_to_those_who_speak_where_their_organiser_unticks_them(bo: Client) -> None:
    session = spoken_session("Sol")
    link(session)
    come(session, "Rosa")
    asked = bo.post(at_desk(session), typed(session, time="14:30"))

    assert send(bo, at_desk(session), asked, **{"telling-note_en": "Bring water."}).status_code == 302

    assert list(letters()) == ["rosa@puno.example"]
    cancel_session(session.pk)
    sent = letters()
    assert set(sent) == {"rosa@puno.example", SOL}
    assert "Bring water." not in words_of(sent[SOL])


def test_a_new_title_can_be_told_to_those_who_speak_alone(bo: Client) -> None:
    session = spoken_session("Sol")
    link(session)
    come(session, "Rosa")
    asked = bo.post(at_desk(session), typed(session, title_es="Noches de calor"))
    note = {"telling-note_en": "As you wished.", "telling-note_es": "Como quería."}

    assert send(bo, at_desk(session), asked, **{"telling-speakers": "on"}, **note).status_code == 302

    sent = letters()
    assert list(sent) == [SOL] and "Como quería." in words_of(sent[SOL])
    session.refresh_from_db()
    move_session(session.pk, starts_local="2026-12-10T15:00")
    assert "As you wished." not in words_of(letters()["rosa@puno.example"])


def test_cancelling_tells_those_who_speak_why_and_restoring_that_it_takes_place(bo: Client) -> None:
    session = spoken_session("Sol")
    link(session, language="en")
    asked = bo.post(f"{at_desk(session)}cancel/", {"deed": "cancel", "reason": "The hall burns."})
    assert send(bo, f"{at_desk(session)}cancel/", asked, **{"telling-speakers": "on"}).status_code == 302

    cancelled = letters()[SOL]
    restore_session(session.pk)
    restored = letters()[SOL]

    assert cancelled["Subject"] == "Cancelled: Heat at night" and "The hall burns." in words_of(cancelled)
    assert restored["Subject"] == "It takes place after all: Heat at night"


@pytest.mark.parametrize(
    ("change", "subject"),
    [
        (lambda pk: move_session(pk, starts_local="2026-12-10T15:00"), "Another time: Heat at night"),
        (lambda pk: retitle_session(pk, titles={"en": "Warm nights"}, abstracts={}), "Changed: Warm nights"),
        (cancel_session, "Cancelled: Heat at night"),
    ],
)
def test_changes_that_are_made_without_the_desk_are_told_too(change: Any, subject: str) -> None:
    session = spoken_session("Sol")
    link(session, language="en")

    change(session.pk)

    assert letters()[SOL]["Subject"] == subject
    deliver_all()
    assert letters() == {}


def test_a_session_that_keeps_its_local_time_when_zone_rules_change_is_told_to_those_who_speak() -> None:
    session = spoken_session("Sol")
    link(session)
    Session.objects.update(starts_at=THEN - timedelta(hours=1), ends_at=THEN)

    settle_zone(session.pk, keeps_local=True)

    assert list(letters()) == [SOL]


def test_changes_that_nobody_was_told_of_yet_go_in_one_mail_with_their_notes() -> None:
    session = spoken_session("Sol")
    link(session, language="en")
    cancel_session(session.pk, telling=Telling(notes={"en": "The hall burns."}))
    restore_session(session.pk, telling=Telling(notes={"en": "It is out."}))

    letter = letters()[SOL]

    assert letter["Subject"] == "It takes place after all: Heat at night"
    assert "It is out." in words_of(letter) and "The hall burns." not in words_of(letter)


def test_who_is_registered_too_and_who_has_no_address_get_no_second_mail(bo: Client) -> None:
    session = spoken_session("Rosa", "Nobody")
    link(session, email="rosa@puno.example")
    come(session, "Rosa")

    html = bo.post(at_desk(session), typed(session, time="14:30")).content.decode()

    assert "person speaking" not in html and 'name="telling-speakers"' not in html
    move_session(session.pk, starts_local="2026-12-10T15:00")
    letter = letters()["rosa@puno.example"]
    assert method_of(letter) == "REQUEST"


def test_who_was_proposed_to_speak_is_told_at_that_address_with_a_link_to_the_session() -> None:
    proposal = make_proposal(speaker_email=SOL, speaker_name="Sol")
    form = AcceptForm({"series": make_series().slug, "day": "2026-12-10", "time": "13:00"})
    assert form.is_valid()
    series = Series.objects.get()
    session = accept_proposal(proposal.pk, series=series, plan=form.plan(proposal), by=make_organiser("Eli"))
    show_session(session.pk, to=Visibility.PUBLIC)
    deliver_all()
    outbox.outbox.clear()

    move_session(session.pk, starts_local="2026-12-10T15:00")

    words = words_of(letters()[SOL])
    assert "Open the session" in words and "/webinars/speaker/" not in words


def test_a_link_that_was_ended_or_replaced_takes_those_in_mails_along(client: Client) -> None:
    session = spoken_session("Sol")
    link(session)
    move_session(session.pk, starts_local="2026-12-10T15:00")
    [address] = re.findall(r"http://localhost:8000(/es/webinars/speaker/\S+)", words_of(letters()[SOL]))

    link(session)
    assert client.get(address).status_code == 404, "replaced"
    move_session(session.pk, starts_local="2026-12-10T16:00")
    [address] = re.findall(r"http://localhost:8000(/es/webinars/speaker/\S+)", words_of(letters()[SOL]))
    assert client.get(address).status_code == 200
    end_speaker_link(Speaker.objects.get())

    assert client.get(address).status_code == 404
    other = address.replace(f"/{Speaker.objects.get().pk}-", "/999-")
    assert client.get(other).status_code == 404, "signed"


def test_nobody_hears_of_a_draft_or_of_what_is_over() -> None:
    draft = make_draft("draft", starts_at=THEN, speakers=[make_speaker("Gardener", name="Sol")])
    link(draft)
    over = make_open_session("over", starts_at=THEN - timedelta(days=20), speakers=[make_speaker("Mayor", name="Rui")])
    link(over, email=RUI)

    move_session(draft.pk, starts_local="2026-12-10T15:00")
    move_session(over.pk, starts_local="2026-11-20T15:00")

    assert letters() == {}
    assert not Fact.objects.filter(name="speakers_hear_of_move", ids__session_id=draft.pk).exists()


def test_a_name_that_organisers_left_out_is_not_missed_in_the_greeting() -> None:
    session = spoken_session("")
    link(session, language="en")

    move_session(session.pk, starts_local="2026-12-10T15:00")

    assert words_of(letters()[SOL]).startswith("Hello,")


def test_the_question_costs_the_same_queries_for_one_who_speaks_and_for_three(
    bo: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    session = spoken_session("Sol", "Rui", "Eva")
    link(session)
    with django_assert_num_queries(14):
        assert "1 person speaking" in bo.post(at_desk(session), typed(session, time="14:30")).content.decode()
    link(session, 2, email=RUI, language="pt")
    link(session, 3, email="eva@puno.example", language="ar")

    with django_assert_num_queries(13):  # nobody is without an address, so proposals are not asked
        html = bo.post(at_desk(session), typed(session, time="14:30")).content.decode()

    assert "3 people speaking" in html
    assert hidden(bo.post(at_desk(session), typed(session, time="14:30")))["telling-asked"] == ["yes"]
