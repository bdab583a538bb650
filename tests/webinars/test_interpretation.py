"""Everybody reads into which languages a session is interpreted; where that is heard, who may join it alone."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.facts.models import Fact
from community.personal.ports import HOLDINGS
from community.personal.rows import rows_of
from community.privacy.queries import person_of
from tests.factories.deliveries import deliver_all
from tests.factories.members import make_member, make_organiser
from tests.factories.webinars import make_channel, make_open_session, make_registration, make_session, make_speaker
from webinars.actions import cancel_registration, cancel_session, make_feed, register
from webinars.attendees import own_calendar
from webinars.models import Channel, Session
from webinars.views.registering import address_of

pytestmark = pytest.mark.django_db
PAGE = "/webinars/frontline/heat/"
DOOR = "https://meet.example/"
OPENS = timedelta(minutes=15)
CHANNELS = (make_channel("es", f"{DOOR}es"), make_channel("pt", f"{DOOR}pt"))


def interpreted(**fields: Any) -> Session:
    return make_open_session(**{"channels": CHANNELS, **fields})


def enter(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def read(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def doors(page: str) -> list[str]:
    """In their order on the page."""
    return [piece.split('"')[0] for piece in page.split(f'href="{DOOR}')[1:]]


def typed(session: Session, **told: Any) -> dict[str, Any]:
    """The session form at the desk, as it stands."""
    links = {f"interpretation_{each.language}": each.link for each in session.channels.all()}
    return {
        "title_en": session.title_en,  # type: ignore[attr-defined]
        "day": session.starts_local[:10],
        "time": session.starts_local[11:],
        "timezone": "UTC",
        "minutes": 60,
        "languages": ["en"],
        "visibility": "public",
        "takes_registrations": "on",
        "version": session.version,
        "speakers-TOTAL_FORMS": 0,
        "speakers-INITIAL_FORMS": 0,
        **links,
        **told,
    }


def test_everybody_reads_into_which_languages_it_is_interpreted_beside_those_spoken(client: Client) -> None:
    interpreted()
    make_session("waste")

    for page in (read(client), read(client, "/webinars/"), read(client, "/webinars/embed/")):
        assert page.count("Interpretation:") == 1
        assert page.index("Language:") < page.index("Interpretation:")
        there = page[page.index("Interpretation:") :]
        assert '<span lang="es" dir="ltr">Español</span>, <span lang="pt" dir="ltr">Português</span>' in there
        assert DOOR not in page


def test_who_is_registered_is_given_the_links_her_own_language_first(client: Client) -> None:
    session = interpreted()
    ana = make_member("Ana")
    make_registration(session, ana)
    rosa = make_registration(session)

    with time_machine.travel(session.starts_at - OPENS):
        assert doors(read(enter(ana))) == ["es", "pt"]
        assert doors(read(enter(ana), f"/pt{PAGE}")) == ["pt", "es"]
        assert doors(read(client, f"/pt{address_of(rosa)}")) == ["pt", "es"]
        assert 'rel="noopener nofollow noreferrer" lang="pt"' in read(enter(ana))


def test_before_the_room_opens_nobody_is_given_them_and_is_told_where_they_will_stand(client: Client) -> None:
    session = interpreted()
    ana = make_member("Ana")
    make_registration(session, ana)
    rosa = make_registration(session)

    with time_machine.travel(session.starts_at - OPENS - timedelta(seconds=1)):
        pages = [read(enter(ana)), read(client, address_of(rosa))]

    for page in pages:
        assert DOOR not in page
        assert "The links to the interpretation stand there" in page


def test_nobody_else_is_given_them(client: Client) -> None:
    session = interpreted(capacity=1)
    ana, cai, dee = make_member("Ana"), make_member("Cai"), make_member("Dee")
    first = make_registration(session, ana)
    make_registration(session, cai)  # waits
    sol = make_registration(session, "sol@puno.example")  # waits behind

    with time_machine.travel(session.starts_at - OPENS):
        pages = [read(client), read(enter(cai)), read(enter(dee)), read(client, address_of(sol))]
    cancel_registration(first.pk, by=ana)
    offered = read(enter(cai))
    with time_machine.travel(session.starts_at - OPENS):
        pages += [read(enter(ana)), read(enter(cai))]  # withdrawn; and offered, which is no seat yet

    assert "A seat is yours if you accept it" in offered
    assert not any(DOOR in page for page in pages)
    assert doors(read(enter(dee), "/webinars/")) == []


@pytest.mark.parametrize("is_cancelled", [True, False])
def test_they_are_given_no_more_once_it_is_over_or_cancelled(is_cancelled: bool) -> None:
    session, ana = interpreted(), make_member("Ana")
    rosa = make_registration(session)
    make_registration(session, ana)
    begins = session.starts_at

    with time_machine.travel(begins + timedelta(minutes=59)):
        assert doors(read(enter(ana))) == ["es", "pt"]
    if is_cancelled:
        cancel_session(session.pk)
    with time_machine.travel(begins + timedelta(minutes=0 if is_cancelled else 60)):
        assert DOOR not in read(enter(ana)) + read(Client(), address_of(rosa))


def test_a_page_with_links_is_kept_by_nobody(client: Client) -> None:
    session, ana = interpreted(), make_member("Ana")
    rosa = make_registration(session)
    make_registration(session, ana)

    with time_machine.travel(session.starts_at - OPENS):
        pages = [enter(ana).get(PAGE), client.get(address_of(rosa))]
    pages += [enter(make_organiser()).get(f"/webinars/desk/{session.pk}/")]

    for page in pages:
        assert DOOR in page.content.decode() and "no-store" in page["Cache-Control"]
    assert "no-store" not in enter(make_member("Cai")).get(PAGE).get("Cache-Control", "")


def test_calendars_name_the_languages_and_never_a_link(client: Client) -> None:
    session, ana = interpreted(languages=("en",)), make_member("Ana")
    rosa = make_registration(session)
    register(session.pk, by=ana)
    own = own_calendar(rosa, language="en").removeprefix("http://localhost:8000")
    every = ["/calendar/all.ics", "/calendar/all.json", "/calendar/all.atom", f"/calendar/session/{session.pk}.ics"]
    every += [own, f"/calendar/me/{make_feed(by=ana)}.ics"]

    told = {address: client.get(address).content.decode().replace("\r\n ", "") for address in every}
    deliver_all()
    mails = [str(letter.message()) for letter in outbox.outbox]

    for address, text in told.items():
        assert "Heat" in text and "meet.example" not in text, address
        if not address.endswith(".json"):
            assert "Spoken: English" in text and "Interpretation: Español" in text, address
    [as_json] = json.loads(told["/calendar/all.json"])["sessions"]
    assert (as_json["languages"], as_json["interpretation"]) == (["en"], ["es", "pt"])
    assert "CATEGORIES:English\r\n" in told["/calendar/all.ics"]
    assert mails and not any("meet.example" in mail for mail in mails)


def test_an_archive_of_ones_data_and_the_list_of_who_comes_hold_no_link() -> None:
    session, ana = interpreted(), make_member("Ana")
    register(session.pk, by=ana)

    archive = [str(row) for holding in HOLDINGS.values() for row in rows_of(holding, person_of(ana))]
    file = read(enter(make_organiser()), f"/webinars/desk/{session.pk}/registrations.csv")

    assert "heat" in "".join(archive)
    assert "meet.example" not in "".join(archive) + file


def test_an_organiser_gives_changes_and_takes_channels_without_another_date_for_calendars() -> None:
    session, client = make_open_session(speakers=()), enter(make_organiser())
    desk = f"/webinars/desk/{session.pk}/"

    for told, said in (
        ({"interpretation_pt": f"{DOOR}pt", "interpretation_es": f"{DOOR}es"}, {"es": f"{DOOR}es", "pt": f"{DOOR}pt"}),
        ({"interpretation_es": f"{DOOR}other"}, {"es": f"{DOOR}other", "pt": f"{DOOR}pt"}),
        ({"interpretation_es": ""}, {"pt": f"{DOOR}pt"}),
    ):
        before = Session.objects.get()
        assert client.post(desk, typed(before, **told)).status_code == 302
        now = Session.objects.get()
        assert dict(now.channels.values_list("language", "link")) == said
        assert now.interpreted == list(said)
        assert (now.version, now.sequence) == (before.version + 1, before.sequence)
        assert now.changed_at > before.changed_at
    facts = Fact.objects.count()
    client.post(desk, typed(now))
    assert Fact.objects.count() == facts, "the same again is nothing new"
    assert f'value="{DOOR}pt"' in read(client, desk)
    assert not any(DOOR in str(each) for each in Fact.objects.values())


def test_who_was_slower_reads_the_channels_of_who_was_quicker_and_takes_none_away() -> None:
    session, client = make_open_session(), enter(make_organiser())
    desk = f"/webinars/desk/{session.pk}/"
    hers = typed(session, interpretation_fr=f"{DOOR}fr")
    client.post(desk, typed(session, interpretation_es=f"{DOOR}es"))

    answer = client.post(desk, hers)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert f'<li>Español: <bdi dir="ltr">{DOOR}es</bdi></li>' in page
    assert f'value="{DOOR}fr"' in page
    assert Session.objects.get().interpreted == ["es"]


@pytest.mark.parametrize("link", ["http://meet.example/es", "javascript:alert(1)", "no link", "ftp://meet.example"])
def test_a_link_that_is_none_or_not_secure_is_refused_beside_its_field(link: str) -> None:
    session = make_open_session()

    answer = enter(make_organiser()).post(f"/webinars/desk/{session.pk}/", typed(session, interpretation_es=link))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["interpretation_es"]
    assert len(answer.context["form"].errors["interpretation_es"]) == 1
    assert not Channel.objects.exists()


def test_a_copy_of_a_session_leads_nobody_into_the_room_of_another() -> None:
    session = interpreted(kind="talk", speakers=(make_speaker("Engineer"),))

    page = read(enter(make_organiser()), f"/webinars/desk/new/?series=frontline&copy={session.pk}")

    assert 'value="Engineer"' in page
    assert DOOR not in page


def test_a_plan_that_is_printed_tells_no_link() -> None:
    assert "meet.example" not in repr(make_channel())


def test_more_languages_and_sessions_cost_no_more_queries() -> None:
    hers = enter(make_member("Ana"))
    make_session("heat", channels=CHANNELS[:1])
    read(hers, "/webinars/")
    with CaptureQueriesContext(connection) as of_one:
        read(hers, "/webinars/")
    for name in ("waste", "floods"):
        make_session(name, channels=CHANNELS)

    with CaptureQueriesContext(connection) as of_three:
        read(hers, "/webinars/")

    assert len(of_three) == len(of_one) <= 12
    assert not any("webinars_channel" in query["sql"] for query in of_three)
