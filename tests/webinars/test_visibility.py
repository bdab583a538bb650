"""Who may see a session: on every surface, and nowhere else."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from community.facts.models import Fact, StreamEntry
from community.mail.models import Mail
from community.members.models import Member
from community.members.rulings import NotAllowed, Viewer
from community.programmes.models import Programme
from tests.factories.members import make_administrator, make_city, make_member, make_organiser
from tests.factories.webinars import make_draft, make_open_session, make_registration, make_session, make_speaker
from tests.webinars.desk import organiser, typed_of
from webinars.actions import make_feed, open_registration, register, retitle_session, show_session
from webinars.choices import Visibility
from webinars.facts import DESK, SCHEDULE, session_stream
from webinars.models import Session
from webinars.queries import registrations_of
from webinars.rules import can_register, can_see_session, seeable_sessions
from webinars.views.registering import address_of

pytestmark = pytest.mark.django_db
SURFACES = (
    "/",
    "/webinars/",
    "/webinars/frontline/",
    "/webinars/frontline/heat/",
    "/cities/quito/",
)
FEEDS = (
    "/calendar/all.ics",
    "/calendar/all.json",
    "/calendar/all.atom",
    "/calendar/frontline.ics",
    "/calendar/spoken/en.ics",
    "/calendar/programme/c40.ics",
)


@pytest.fixture
def programme() -> Programme:
    programme = Programme.objects.create(slug="c40", title_en="C40")
    programme.cities.add(make_city("quito"))
    return programme


def make_people(programme: Programme) -> dict[str, Viewer]:
    quito = programme.cities.get()
    return {
        "guest": AnonymousUser(),
        "member": make_member("Ana", city=quito, city_confirmed_at=None),
        "colleague": make_member("Cai", city=quito, city_confirmed_at=timezone.now()),
        "organiser": make_organiser(),
        "administrator": make_administrator(),
        "suspended": make_member("Sol", is_active=False, is_suspended=True),
    }


SEEN_BY = {
    Visibility.DRAFT: {"organiser", "administrator"},
    Visibility.PROGRAMME: {"organiser", "administrator", "colleague"},
    Visibility.MEMBERS: {"organiser", "administrator", "colleague", "member"},
    Visibility.PUBLIC: {"organiser", "administrator", "colleague", "member", "guest", "suspended"},
}


@pytest.mark.parametrize("visibility", Visibility)
def test_the_rule_and_the_rows_name_the_same_people(programme: Programme, visibility: Visibility) -> None:
    people = make_people(programme)
    session = make_session(visibility=visibility, programme_id=programme.pk)

    by_rule = {name for name, viewer in people.items() if can_see_session(viewer, session)}
    by_rows = {name for name, viewer in people.items() if session in seeable_sessions(viewer)}

    assert by_rule == by_rows == SEEN_BY[visibility]


def test_one_of_a_programme_that_is_gone_is_seen_by_organisers_alone(programme: Programme) -> None:
    people = make_people(programme)
    session = make_session(visibility=Visibility.PROGRAMME)

    assert {name for name, viewer in people.items() if can_see_session(viewer, session)} == {
        "organiser",
        "administrator",
    }


def hidden_session(programme: Programme, visibility: Visibility) -> Session:
    return make_session(
        titles={"en": "Secret plans"},
        visibility=visibility,
        programme_id=programme.pk,
        themes=("hidden-word",),
        speakers=(make_speaker(city_id=programme.cities.get().pk),),
    )


@pytest.mark.parametrize("visibility", [Visibility.DRAFT, Visibility.MEMBERS, Visibility.PROGRAMME])
def test_what_a_guest_may_not_see_is_on_no_page_and_in_no_feed(
    client: Client, programme: Programme, visibility: Visibility
) -> None:
    session = hidden_session(programme, visibility)

    for address in (*SURFACES, *FEEDS):
        assert "Secret plans" not in client.get(address).content.decode(), address
    for address in (
        "/webinars/frontline/heat/",
        "/webinars/frontline/heat/register/",
        f"/calendar/session/{session.pk}.ics",
        "/calendar/tag/hidden-word.ics",
    ):
        assert client.get(address).status_code == 404, address
    assert client.post("/webinars/frontline/heat/attend/", {"deed": "register"}).status_code == 404


@pytest.mark.parametrize("address", SURFACES)
def test_a_member_finds_what_members_may_see(client: Client, programme: Programme, address: str) -> None:
    hidden_session(programme, Visibility.MEMBERS)
    client.force_login(make_member("Ana"))

    assert "Secret plans" in client.get(address).content.decode()


def test_feeds_for_everybody_hold_what_everybody_may_see_whoever_asks(client: Client, programme: Programme) -> None:
    session = hidden_session(programme, Visibility.MEMBERS)
    client.force_login(make_organiser())

    for address in FEEDS:
        assert "Secret plans" not in client.get(address).content.decode(), address
    own = client.get(f"/calendar/session/{session.pk}.ics")
    assert "Secret plans" in own.content.decode()
    assert own.headers["Cache-Control"] == "private, no-cache"


def test_a_members_own_calendar_loses_what_she_may_not_see_any_more(client: Client, programme: Programme) -> None:
    ana = make_member("Ana", city=programme.cities.get(), city_confirmed_at=timezone.now())
    session = hidden_session(programme, Visibility.PROGRAMME)
    open_registration(session.pk)
    make_registration(session, ana)
    address = f"/calendar/me/{make_feed(by=ana)}.ics"
    assert "Secret plans" in client.get(address).content.decode()

    Member.objects.filter(pk=ana.pk).update(city_confirmed_at=None)

    assert "Secret plans" not in client.get(address).content.decode()
    assert registrations_of(Member.objects.get(pk=ana.pk)) == []


def test_nobody_registers_for_what_she_may_not_see(programme: Programme) -> None:
    draft = make_draft()
    open_registration(draft.pk)
    for_members = make_open_session("waste", visibility=Visibility.MEMBERS)

    with pytest.raises(NotAllowed):
        register(draft.pk, by=make_organiser())
    assert not can_register(AnonymousUser(), for_members)
    assert can_register(make_member("Ana"), for_members)


def test_a_draft_is_told_on_the_desk_until_it_is_published() -> None:
    draft = make_draft()
    retitle_session(draft.pk, titles={"es": "Calor"}, abstracts={})

    told = StreamEntry.objects.filter(fact__ids__session_id=draft.pk).order_by("fact_id")
    assert list(told.values_list("fact__name", "stream")) == [("session_drafted", DESK), ("session_retitled", DESK)]
    before = told.count()

    show_session(draft.pk, to=Visibility.PUBLIC)

    published = {("session_published", SCHEDULE), ("session_published", session_stream(draft.pk))}
    assert set(told.values_list("fact__name", "stream")[before:]) == published


def test_publishing_plans_the_reminders_that_a_draft_does_without() -> None:
    draft = make_draft(starts_at=timezone.now() + timedelta(days=7))
    open_registration(draft.pk)
    assert not Fact.objects.filter(name="session_nears").exists()

    show_session(draft.pk, to=Visibility.PUBLIC)

    assert Fact.objects.filter(name="session_nears").count() == 2


def test_who_saw_a_session_sees_it_go_but_not_where_people_have_registered(client: Client) -> None:
    session = make_open_session()
    show_session(session.pk, to=Visibility.DRAFT)
    assert client.get("/webinars/frontline/heat/").status_code == 404
    told = StreamEntry.objects.filter(fact__name="session_withdrawn")
    assert set(told.values_list("stream", flat=True)) == {SCHEDULE, session_stream(session.pk)}

    show_session(session.pk, to=Visibility.PUBLIC)
    make_registration(session)

    with pytest.raises(NotAllowed):
        show_session(session.pk, to=Visibility.DRAFT)


def test_a_session_stays_open_to_guests_who_have_registered(client: Client, programme: Programme) -> None:
    session = make_open_session(programme_id=programme.pk)
    registration = make_registration(session)

    for visibility in (Visibility.MEMBERS, Visibility.PROGRAMME):
        with pytest.raises(NotAllowed):
            show_session(session.pk, to=visibility)

    assert Session.objects.get().visibility == Visibility.PUBLIC
    assert client.get(address_of(registration)).status_code == 200
    assert Mail.objects.filter(kind="session").exists()


def test_a_session_stays_open_to_members_who_have_registered_and_are_of_no_programme(programme: Programme) -> None:
    session = make_open_session(programme_id=programme.pk)
    make_registration(session, make_member("Ana", city=programme.cities.get(), city_confirmed_at=None))

    show_session(session.pk, to=Visibility.MEMBERS)
    with pytest.raises(NotAllowed):
        show_session(session.pk, to=Visibility.PROGRAMME)

    assert Session.objects.get().visibility == Visibility.MEMBERS


def test_a_session_stays_with_the_programme_of_those_who_have_registered(programme: Programme) -> None:
    session = make_open_session(programme_id=programme.pk, visibility=Visibility.PROGRAMME)
    quito, other = programme.cities.get(), Programme.objects.create(slug="c2r", title_en="C2R")
    ana = make_member("Ana", city=quito, city_confirmed_at=timezone.now())
    register(session.pk, by=ana)
    client, desk = organiser(), f"/webinars/desk/{session.pk}/"

    refused = client.post(desk, typed_of(session, programme=other.pk))
    other.cities.add(quito)
    taken = client.post(desk, typed_of(session, programme=other.pk))

    assert list(refused.context["form"].errors) == ["visibility"] and refused.status_code == 422
    assert taken.status_code == 302
    assert Session.objects.get().programme == other


def test_showing_it_to_the_same_people_again_changes_nothing() -> None:
    session = make_session()

    show_session(session.pk, to=Visibility.PUBLIC)

    assert not Fact.objects.filter(name="session_shown").exists()
