"""Who has to have a second factor (setting SECOND_FACTOR_FOR)."""

import pytest
from django.urls import reverse

from community.live.visitors import GUEST, those_who_left, visitor_of
from community.members.models import Member
from community.members.rules import is_administrator, is_moderator, lacks_second_factor
from community.moderation.rules import moderates_anything
from forums.actions import hide_post
from forums.queries.watchers import classes_in_thread
from forums.rules import can_hide_post, can_see_post, moderates, seeable_posts
from tests.factories.factors import give_app
from tests.factories.forums import make_forum, make_post, make_thread
from tests.factories.members import PASSWORD, make_administrator, make_member, make_moderator

pytestmark = pytest.mark.django_db
SECURITY = "/account/security/"


@pytest.mark.parametrize(
    ("asked_of", "who", "lacks"),
    [
        ("none", make_administrator, False),
        ("staff", make_member, False),
        ("staff", make_moderator, True),
        ("staff", make_administrator, True),
        ("all", make_member, True),
    ],
)
def test_the_setting_says_who(settings, asked_of, who, lacks):
    settings.SECOND_FACTOR_FOR = asked_of
    member = who("Somebody")

    before = lacks_second_factor(member)
    give_app(member)

    assert (before, lacks_second_factor(member)) == (lacks, False)


def test_the_roles_of_staff_sleep_until_there_is_a_second_factor(settings):
    settings.SECOND_FACTOR_FOR = "staff"
    dee, eve = make_moderator(), make_administrator()
    post = make_post(make_thread())

    asleep = is_moderator(dee), is_administrator(eve), bool(can_hide_post(dee, post))
    give_app(dee), give_app(eve)

    assert asleep == (False, False, False)
    assert (is_moderator(dee), is_administrator(eve), bool(can_hide_post(dee, post))) == (True, True, True)


@pytest.mark.parametrize("asked_of", ["staff", "all"])
def test_moderators_of_a_forum_are_staff_too(client, settings, asked_of):
    fay, author = make_member("Fay"), make_member("Ana")
    forum = make_forum(moderators=[fay])
    thread = make_thread(forum, author)
    post = make_post(thread, author)
    hide_post(post, by=make_moderator(), reason="Spam.")
    post.refresh_from_db()
    settings.SECOND_FACTOR_FOR = asked_of

    def powers(member):
        return {
            "moderates": moderates(member, forum),
            "decides": bool(can_hide_post(member, post)),
            "sees": can_see_post(member, post).allowed,
            "finds": seeable_posts(member).filter(pk=post.pk).exists(),
            "reviews": moderates_anything(member),
            "hears": classes_in_thread(thread.pk, [member.pk])[member.pk] == "moderator",
        }

    asleep = powers(fay)
    owes = lacks_second_factor(fay)
    client.force_login(fay)
    led = client.get("/moderation/").url
    give_app(fay)

    assert asleep == dict.fromkeys(asleep, False) and owes
    assert led == SECURITY
    assert set(powers(Member.objects.get(pk=fay.pk)).values()) == {True}
    assert lacks_second_factor(make_member("Cai")) == (asked_of == "all")


def test_where_everybody_has_to_an_open_line_tells_members_without_one_no_more_than_guests(client, settings):
    ana = make_member("Ana")
    client.force_login(ana)
    key = client.session.session_key
    before = visitor_of(key)

    settings.SECOND_FACTOR_FOR = "all"
    left, at_the_door = those_who_left([before]), visitor_of(key)
    give_app(ana)

    assert before.member_id == ana.pk
    assert left == {before} and at_the_door == GUEST
    assert those_who_left([before]) == set() and visitor_of(key) == before


def test_an_administrator_is_led_to_set_it_up_before_the_admin(client, settings):
    settings.SECOND_FACTOR_FOR = "staff"
    eve = make_administrator()
    client.force_login(eve)

    for address in ("/admin/", "/admin/members/member/", reverse("admin:members_member_change", args=[eve.pk])):
        assert client.get(address).url == SECURITY
    page = client.get(SECURITY).content.decode()
    give_app(eve)

    assert "Add a passkey or an authenticator app" in page
    assert client.get("/admin/").status_code == 200


def test_every_page_tells_staff_without_a_second_factor_where_to_go(client, settings):
    settings.SECOND_FACTOR_FOR = "staff"
    dee = make_moderator()
    client.force_login(dee)

    told = client.get("/forums/").content.decode()
    give_app(dee)
    after = client.get("/forums/").content.decode()

    assert "Your account needs a second step" in told
    assert "Your account needs a second step" not in after


def test_where_everybody_has_to_members_come_no_further_than_their_account(client, settings):
    settings.SECOND_FACTOR_FOR = "all"
    client.force_login(make_member("Ana"))

    assert client.get("/forums/").url == SECURITY
    assert client.get("/es/forums/").url == f"/es{SECURITY}"
    assert client.get("/forums/", headers={"accept": "application/json"}).status_code == 403
    for address in (SECURITY, "/account/profile/", "/account/logout/", "/es/account/security/"):
        assert client.get(address).status_code == 200


def test_the_admins_sign_in_leads_through_the_second_step(client):
    eve = make_administrator("Eve", password=PASSWORD)
    give_app(eve)

    for answer in (
        client.get("/admin/login/"),
        client.post("/admin/login/", {"username": eve.email, "password": PASSWORD}),
        client.get("/admin/"),
    ):
        on = client.get(answer.url) if answer.url.startswith("/admin/") else answer
        assert (on.url if on.status_code == 302 else answer.url).startswith("/account/login/")
    asked = client.post("/account/login/?next=/admin/", {"login": eve.email, "password": PASSWORD})

    assert asked.url == "/account/login/second-step/"
    assert client.get("/admin/").status_code == 302
