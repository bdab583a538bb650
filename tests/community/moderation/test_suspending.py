"""To suspend somebody is a decision of administrators, with its reason; it ends wherever she was signed in."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from community.members.models import Member
from community.members.rulings import NotAllowed
from community.moderation.actions import suspend_member
from community.moderation.models import Decision
from tests.factories.members import PASSWORD, make_administrator, make_member, make_moderator

pytestmark = pytest.mark.django_db
PAGE = "/moderation/members/cai/"


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_an_administrator_suspends_with_a_reason_and_lets_back_in() -> None:
    cai, eve = make_member("Cai", password=PASSWORD), make_administrator()
    browser, desk = Client(), signed_in(eve)
    browser.post("/account/login/", {"login": cai.email, "password": PASSWORD})
    assert browser.get("/moderation/standing/").status_code == 200

    empty = desk.post(PAGE, {"suspend": "1", "suspend-reason": ""})
    active = Member.objects.get(pk=cai.pk).is_active
    desk.post(PAGE, {"suspend": "1", "suspend-reason": "Threats."})

    assert (empty.status_code, active) == (422, True)
    assert not Member.objects.get(pk=cai.pk).is_active
    key = browser.cookies["sessionid"].value
    assert not Session.objects.filter(session_key=key).exists()
    assert browser.get("/moderation/standing/").status_code == 302
    desk.post(PAGE, {"let-in": "1", "let-in-reason": "Talked about it."})
    assert Member.objects.get(pk=cai.pk).is_active
    assert browser.get("/moderation/standing/").status_code == 302, "she signs in anew"
    kept = Decision.objects.order_by("pk").values_list("deed", "reason", "by", "concerns")
    assert list(kept) == [("suspend", "Threats.", eve.pk, cai.pk), ("let-in", "Talked about it.", eve.pk, cai.pk)]
    assert "Threats." in signed_in(Member.objects.get(pk=cai.pk)).get("/moderation/standing/").content.decode()


def test_moderators_suspend_nobody_and_do_not_see_who_is() -> None:
    cai, dee = make_member("Cai"), make_moderator()
    desk = signed_in(dee)

    assert 'name="suspend"' not in desk.get(PAGE).content.decode()
    assert desk.post(PAGE, {"suspend": "1", "suspend-reason": "Threats."}).status_code == 403
    assert Member.objects.get(pk=cai.pk).is_active and not Decision.objects.exists()
    Member.objects.filter(pk=cai.pk).update(is_active=False)
    assert desk.get(PAGE).status_code == 404


def test_an_administrator_suspends_a_moderator_and_never_herself() -> None:
    eve, dee = make_administrator(), make_moderator()
    page = signed_in(eve).get(f"/moderation/members/{dee.handle}/").content.decode()

    with pytest.raises(NotAllowed):
        suspend_member(eve, by=eve, reason="Tired.")
    suspend_member(dee, by=eve, reason="Threats.")

    assert 'name="suspend"' in page and 'name="set"' not in page
    assert [Member.objects.get(pk=each.pk).is_active for each in (eve, dee)] == [True, False]


def test_who_cannot_sign_in_is_not_told_that_she_is_suspended_where_she_may_have_left() -> None:
    page = Client().get("/account/inactive/").content.decode()

    assert "<h1>This account is closed</h1>" in page
