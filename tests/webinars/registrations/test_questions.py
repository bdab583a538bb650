"""Questions asked at registration: answered by who registers, read by organisers and herself."""

import csv
import json
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.facts.models import Fact
from community.mail.models import Mail
from community.members.models import Member
from community.members.rulings import NotAllowed
from community.personal.ports import HOLDINGS, Person
from community.privacy.actions.leaving import erase_member
from community.privacy.words import readable
from tests.factories.members import make_member
from tests.factories.webinars import (
    make_asking,
    make_asking_session,
    make_open_session,
    make_question,
    make_registration,
)
from tests.webinars.desk import organiser
from tests.webinars.registrations.asking import DIET, PAGE, answers, answers_typed, enter, ids_of, queries_of, read
from webinars.actions import (
    ask_questions,
    cancel_registration,
    change_answers,
    open_registration,
    register,
    register_again,
    retitle_session,
)
from webinars.choices import QuestionKind
from webinars.models import Registration, Session
from webinars.questions import questions_of
from webinars.views.registering import address_of

pytestmark = pytest.mark.django_db
ROSA = {"name": "Rosa Quispe", "email": "rosa@puno.example", "city_name": "Puno", "language": "en", "timezone": ""}
HOSTILE = "<img src=x onerror=alert(1)> {{ name }}"


@pytest.fixture(autouse=True)
def nobody_has_tried_anything() -> None:
    cache.clear()


def test_a_guest_answers_in_the_form_and_her_answers_stand_on_her_own_page(bo: Member) -> None:
    session, client = make_asking_session(make_question(), DIET, by=bo), Client()
    page = read(client)
    assert "What do you do?" in page and "No meat" in page and "csrfmiddlewaretoken" not in page

    told = ROSA | answers_typed(session, "I plant trees", "1")
    client.post(reverse("webinars:register", args=["frontline", "heat"]), told)

    [asked] = Registration.objects.all()
    assert asked.answers == answers(session, "I plant trees", "1")


def test_what_must_be_answered_is_said_beside_it_and_nothing_typed_is_lost(bo: Member) -> None:
    session = make_asking_session(make_question(), DIET, by=bo)
    [_, diet] = ids_of(session)
    address = reverse("webinars:register", args=["frontline", "heat"])

    page = Client().post(address, ROSA | answers_typed(session, "I plant trees", "")).content.decode()

    assert f'id="id_answer_{diet}_error"' in page
    assert 'value="I plant trees"' in page and 'value="Puno"' in page and not Registration.objects.exists()


@pytest.mark.parametrize("kind", [QuestionKind.LINE, QuestionKind.PROSE, QuestionKind.YES_NO, QuestionKind.CHOICE])
def test_what_is_too_long_or_no_choice_is_refused(kind: QuestionKind, bo: Member) -> None:
    options = {"en": ["a", "b"]} if kind == QuestionKind.CHOICE else {}
    session = make_asking_session(make_question(kind=kind, options=options), by=bo)
    ana = enter(make_member("Ana"))

    answer = ana.post(f"{PAGE}attend/", {"deed": "register", **answers_typed(session, "x" * 1_001)})

    assert answer.status_code == 422 and not Registration.objects.exists()


def test_a_member_answers_a_small_form_instead_of_one_tap(bo: Member) -> None:
    session, member = make_asking_session(make_question(), DIET, by=bo), make_member("Ana")
    ana = enter(member)
    [work, diet] = ids_of(session)
    assert f'name="answer_{diet}"' in read(ana)

    wrong = ana.post(f"{PAGE}attend/", {"deed": "register", f"answer_{work}": "I plant trees"})
    right = ana.post(f"{PAGE}attend/", {"deed": "register", **answers_typed(session, "I plant trees", "0")})

    page = wrong.content.decode()
    assert wrong.status_code == 422 and f'id="id_answer_{diet}_error"' in page and 'value="I plant trees"' in page
    assert right.status_code == 302
    assert Registration.objects.get(member=member).answers == {work: "I plant trees", diet: "0"}


def test_what_need_not_be_answered_may_be_left_out(bo: Member) -> None:
    optional = [make_question(kind=kind) for kind in (QuestionKind.LINE, QuestionKind.PROSE, QuestionKind.YES_NO)]
    session = make_asking_session(*optional, by=bo)
    ana = enter(make_member("Ana"))
    assert "No answer" in read(ana)

    ana.post(f"{PAGE}attend/", {"deed": "register"})

    assert Registration.objects.get().answers == {} and session.questions == Session.objects.get().questions


def test_the_action_itself_insists_on_answers_and_takes_none_to_other_questions(bo: Member) -> None:
    session, ana = make_asking_session(DIET, by=bo), make_member("Ana")

    with pytest.raises(NotAllowed, match="answer its questions"):
        register(session.pk, by=ana)
    with pytest.raises(NotAllowed, match="answer its questions"):
        make_asking(session)
    registered = register(session.pk, by=ana, answers=answers(session, "0") | {"other": "x"})

    assert registered.answers == answers(session, "0")


def test_questions_are_read_in_the_readers_language_or_marked_as_another(bo: Member) -> None:
    make_asking_session(DIET, by=bo)

    spanish, french = read(Client(), f"/es{PAGE}"), read(Client(), f"/fr{PAGE}")

    assert "¿Qué comes?" in spanish and "Sin carne" in spanish and "What do you eat?" not in spanish
    assert '<span lang="en" dir="ltr">What do you eat?</span>' in french and "No meat" in french


def test_she_changes_her_answers_on_her_own_page_until_registration_closes(bo: Member) -> None:
    session, client = make_asking_session(make_question(), DIET, by=bo), Client()
    rosa = make_registration(session, answers=answers(session, "I plant trees", "1"))
    own = address_of(rosa)
    assert 'value="I plant trees"' in read(client, own)

    wrong = client.post(f"{own}answer/", answers_typed(session, "I water them", "7"))
    right = client.post(f"{own}answer/", answers_typed(session, "I water them", "0"))

    assert wrong.status_code == 422 and 'value="I water them"' in wrong.content.decode()
    assert f'<form class="form" method="post" action="{own}">' in wrong.content.decode()  # what else she may change
    rosa.refresh_from_db()
    assert right.status_code == 302 and rosa.answers == answers(session, "I water them", "0")
    open_registration(session.pk, until=timezone.now())
    closed = read(client, own)
    assert "I water them" in closed and "Anything" in closed and f"{own}answer/" not in closed
    assert client.post(f"{own}answer/", answers_typed(session, "No more", "0")).status_code == 403


def test_a_member_changes_her_answers_on_the_sessions_page(bo: Member) -> None:
    session, member = make_asking_session(make_question(), by=bo), make_member("Ana")
    ana = enter(member)
    hers = register(session.pk, by=member, answers=answers(session, "I plant trees"))
    assert 'value="I plant trees"' in read(ana)

    ana.post(f"{PAGE}attend/", {"deed": "answer", **answers_typed(session, "I water them")})

    hers.refresh_from_db()
    assert hers.answers == answers(session, "I water them") and 'value="I water them"' in read(ana)
    [fact] = Fact.objects.filter(name="registration_changed")
    assert fact.ids == {"registration_id": hers.pk, "session_id": session.pk}
    change_answers(hers.pk, answers=hers.answers, by=member)
    assert Fact.objects.filter(name="registration_changed").count() == 1
    open_registration(session.pk, until=timezone.now())
    assert "I water them" in read(ana) and 'value="answer"' not in read(ana)


def test_who_comes_after_all_answers_again_with_what_she_said_before(bo: Member) -> None:
    session, client = make_asking_session(DIET, by=bo), Client()
    rosa = make_registration(session, answers=answers(session, "1"))
    cancel_registration(rosa.pk)
    own = address_of(rosa)
    assert re.search(r'value="1"[^>]*checked', read(client, own))

    wrong = client.post(f"{own}again/")
    right = client.post(f"{own}again/", answers_typed(session, "0"))

    rosa.refresh_from_db()
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert (rosa.state, rosa.answers) == ("registered", answers(session, "0"))
    cancel_registration(rosa.pk)
    with pytest.raises(NotAllowed):
        register_again(rosa.pk)


def test_a_new_question_leaves_those_who_have_registered_where_they_are(bo: Member) -> None:
    session = make_open_session()
    rosa = make_registration(session)

    ask_questions(session.pk, [DIET], version=session.version, by=bo)

    assert "What do you eat?" in read(Client(), address_of(rosa))
    rosa.refresh_from_db()
    assert (rosa.state, rosa.answers) == ("registered", {})


def come(session: Session, answer: str = "I plant trees") -> Registration:
    return make_registration(session, answers=answers(session, answer))


def test_organisers_read_the_answers_in_their_list_and_in_the_file(bo: Member) -> None:
    session = make_asking_session(make_question("=Role?"), by=bo)
    come(session, "+I plant trees")
    client = organiser()

    page = read(client, f"/webinars/desk/{session.pk}/registrations/")
    file = client.get(f"/webinars/desk/{session.pk}/registrations.csv").content.decode("utf-8-sig")

    assert "=Role?</th>" in page and "+I plant trees" in page
    head, row = csv.reader(file.splitlines())
    assert (head[-1], row[-1]) == ("'=Role?", "'+I plant trees")


def test_choices_are_read_by_organisers_in_their_own_language(bo: Member) -> None:
    session = make_asking_session(DIET, make_question(kind=QuestionKind.YES_NO), by=bo)
    make_registration(session, answers=answers(session, "1", "yes"))

    page = read(organiser(), f"/es/webinars/desk/{session.pk}/registrations/")

    assert "¿Qué comes?" in page and "Sin carne" in page and "No meat" not in page


def test_answers_stand_beside_who_asks_to_come(bo: Member) -> None:
    session = make_asking_session(make_question(), by=bo, asks_approval=True)
    come(session)

    page = read(organiser(), f"/webinars/desk/{session.pk}/registrations/")

    assert page.index("Who asks to come") < page.index("What do you do?") < page.index("I plant trees")


def test_hostile_questions_and_answers_are_words_on_every_page(bo: Member) -> None:
    options = {"en": [HOSTILE, "b"]}
    session = make_asking_session(
        make_question(HOSTILE), make_question(HOSTILE, QuestionKind.CHOICE, options=options), by=bo
    )
    rosa = make_registration(session, answers=answers(session, HOSTILE, "0"))
    client, guest, ana = organiser(), Client(), enter(make_member("Ana"))
    desk = f"/webinars/desk/{session.pk}/"

    pages = [read(guest), read(guest, f"/es{PAGE}"), read(ana), read(guest, address_of(rosa))]
    pages += [read(client, f"{desk}registrations/"), read(client, f"{desk}questions/")]

    assert all("<img src=x" not in page and "&lt;img src=x" in page for page in pages)


def test_nobody_else_reads_an_answer_and_neither_facts_mails_nor_the_schedule_hold_one(bo: Member) -> None:
    session = make_asking_session(make_question(), by=bo)
    come(session, "Quinquina trees")
    ana = enter(make_member("Ana"))

    addresses = (PAGE, "/webinars/", "/search/?q=trees", "/calendar/all.ics", "/calendar/all.json")
    pages = [read(client, address) for client in (Client(), ana) for address in addresses]
    pages.append(read(ana, f"/webinars/desk/{session.pk}/registrations.csv"))

    facts = json.dumps(list(Fact.objects.values_list("ids", flat=True)))
    mails = "".join(Mail.objects.values_list("text", flat=True))
    assert "Quinquina" not in "".join([*pages, facts, mails]) and "Heat" in pages[3] and "Rosa" in mails


def test_answers_are_in_her_archive_and_go_with_her(bo: Member) -> None:
    session, ana = make_asking_session(make_question(), by=bo), make_member("Ana")
    register(session.pk, by=ana, answers=answers(session, "I plant trees"))
    person = Person(ana.pk, ana.handle, ana.name, "en", (ana.email,))
    holding = HOLDINGS[Registration._meta.label]

    [row] = holding.hers(person).values("answers", "session__questions")
    erase_member(ana)

    assert row["answers"] == answers(session, "I plant trees") and "What do you do?" in str(row["session__questions"])
    assert [readable(name) for name in row] == ["Your answers", "What was asked"]
    assert not Registration.objects.exists()


def test_questions_cost_no_query_each_nor_do_answers(bo: Member) -> None:
    session, client = make_asking_session(make_question(), by=bo), organiser()
    come(session)
    addresses = [f"/webinars/desk/{session.pk}/registrations/", f"/webinars/desk/{session.pk}/questions/"]
    for address in addresses:
        read(client, address)
    first = [queries_of(client, address) for address in [*addresses, PAGE]]

    questions = [*questions_of(session), make_question("Why?"), make_question("How?")]
    ask_questions(session.pk, questions, version=session.version, by=bo)
    for number in range(3):
        make_registration(session, f"guest-{number}@cities.example", answers=answers(session, "a", "b", "c"))

    assert [queries_of(client, address) for address in [*addresses, PAGE]] == first


def test_asking_looks_nobody_up_where_there_are_questions_too(bo: Member) -> None:
    session = make_asking_session(make_question(), by=bo)
    given = answers(session, "I plant trees")

    with CaptureQueriesContext(connection) as asked:
        make_asking(session, answers=given)

    kinds = [query["sql"].split(" ")[0] for query in asked.captured_queries]
    assert "INSERT" in kinds and "SELECT" not in kinds


def test_another_title_leaves_questions_and_answers_as_they_are(bo: Member) -> None:
    session = make_asking_session(make_question(), by=bo)
    rosa = come(session)

    retitle_session(session.pk, titles={"en": "Hot nights"}, abstracts={})

    rosa.refresh_from_db()
    assert rosa.answers == answers(session, "I plant trees")
