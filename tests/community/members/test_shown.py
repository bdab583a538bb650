"""What others see of a profile is the member's choice, on every page."""

import pytest
from django.contrib.auth.models import AnonymousUser

from community.members.choices import Detail, SeenBy
from community.members.models import Member
from community.members.shown import shown_profile
from community.topics.actions import tags_called
from tests.factories.members import make_city, make_member, make_organisation, make_theme

pytestmark = pytest.mark.django_db
MARKS = {
    Detail.POSITION: "Drain surveyor",
    Detail.ORGANISATION: "Water board",
    Detail.ABOUT: "Ducks everywhere.",
    Detail.LANGUAGES: "Kiswahili",
    Detail.INTERESTS: "Culverts",
    Detail.LOCAL_TIME: 'data-clock="Africa/Nairobi"',
}
GUESTS_AT_FIRST = {Detail.POSITION, Detail.ORGANISATION}
FORM = {"name": "Ana", "language": "en", "timezone": "Africa/Nairobi"}


@pytest.fixture
def ana():
    member = make_member(
        "Ana",
        handle="ana",
        city=make_city(),
        organisation=make_organisation(),
        position=MARKS[Detail.POSITION],
        about=MARKS[Detail.ABOUT],
        reads=["sw"],
        timezone="Africa/Nairobi",
    )
    member.themes.add(make_theme("culverts"))
    member.tags.set(tags_called(["pumps"]))
    return member


def marks_on(page):
    return {detail for detail, mark in MARKS.items() if mark in page}


def page_of(client, address="/members/ana/"):
    return client.get(address).content.decode()


def test_at_first_guests_see_role_and_organisation_and_members_everything(client, ana):
    as_guest = marks_on(page_of(client))
    client.force_login(make_member("Cai"))
    as_member = marks_on(page_of(client))

    assert as_guest == GUESTS_AT_FIRST
    assert as_member == set(MARKS)


@pytest.mark.parametrize("detail", MARKS)
@pytest.mark.parametrize("choice", SeenBy)
def test_each_detail_is_seen_by_whom_she_chose_on_her_page_and_by_nobody_else(client, ana, detail, choice):
    ana.shown = {other.value: "nobody" for other in Detail} | {detail.value: choice.value}
    ana.save()

    as_guest = marks_on(page_of(client))
    client.force_login(make_member("Cai"))
    as_member = marks_on(page_of(client))
    client.force_login(ana)
    as_herself = marks_on(page_of(client))

    assert as_guest == ({detail} if choice == SeenBy.EVERYBODY else set())
    assert as_member == (set() if choice == SeenBy.NOBODY else {detail})
    assert as_herself == set(MARKS)


@pytest.mark.parametrize("address", ["/members/ana/", "/cities/quito/", "/cities/", "/forums/", "/"])
def test_what_nobody_sees_is_on_no_page(client, ana, address):
    ana.shown = {detail.value: "nobody" for detail in Detail}
    ana.save()

    for viewer in (None, make_member("Cai")):
        if viewer:
            client.force_login(viewer)
        page = page_of(client, address)
        assert marks_on(page) == set()
    assert address not in ("/members/ana/", "/cities/quito/") or "Ana" in page


def test_a_citys_list_shows_role_and_organisation_only_to_whom_they_are_open(client, ana):
    ana.shown = {"position": "members", "organisation": "nobody"}
    ana.save()

    as_guest = marks_on(page_of(client, "/cities/quito/"))
    client.force_login(make_member("Cai"))
    as_member = marks_on(page_of(client, "/cities/quito/"))

    assert as_guest == set()
    assert as_member == {Detail.POSITION, Detail.LANGUAGES}  # languages are open to members until she chooses


def test_a_choice_nobody_understands_shows_to_nobody(ana):
    ana.shown = {"position": "aliens"}

    assert shown_profile(make_member("Cai"), ana).position == ""


def test_lists_of_what_she_wrote_are_for_whom_she_chose(ana):
    ana.shown = {"activity": "members"}
    suspended = make_member("Gone", is_active=False)

    seen = [shown_profile(viewer, ana).activity for viewer in (AnonymousUser(), suspended, make_member("Cai"), ana)]

    assert seen == [False, False, True, True]


def test_the_form_keeps_the_choices_and_leaves_alone_what_was_not_sent(client, ana):
    client.force_login(ana)

    client.post("/account/profile/", {**FORM, "seen_position": "nobody", "seen_about": "everybody"})
    client.post("/account/profile/", {**FORM, "seen_about": "members"})

    shown = Member.objects.get(pk=ana.pk).shown
    assert (shown["position"], shown["about"], shown["activity"]) == ("nobody", "members", "members")
    assert '<option value="nobody" selected>' in page_of(client, "/account/profile/")


def test_a_choice_that_does_not_exist_is_refused_beside_its_field(client, ana):
    client.force_login(ana)

    answer = client.post("/account/profile/", {**FORM, "seen_position": "aliens", "about": "Typed before"})

    assert list(answer.context["form"].errors) == ["seen_position"]
    assert "Typed before" in answer.content.decode()


def test_she_looks_at_her_page_as_a_guest_and_as_a_member(client, ana):
    client.force_login(ana)

    guest = page_of(client, "/account/profile/seen/guest/")
    member = page_of(client, "/account/profile/seen/member/")

    assert marks_on(guest) == GUESTS_AT_FIRST and "not signed in" in guest
    assert marks_on(member) == set(MARKS)
    assert client.get("/account/profile/seen/alien/").status_code == 404
    client.logout()
    assert client.get("/account/profile/seen/guest/").status_code == 302
