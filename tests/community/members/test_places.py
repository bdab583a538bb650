"""Where a member is signed in."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.facts.models import StreamEntry
from community.members import middleware
from community.members.actions.places import Use, note_uses
from community.members.middleware import gathering
from community.members.models import SignedInPlace
from tests.factories.members import PASSWORD, make_member

pytestmark = pytest.mark.django_db
HERE, DEED = "/account/security/", "/account/security/places/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"
SAFARI = "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1"


@pytest.fixture
def ana(settings):
    settings.ACCOUNT_RATE_LIMITS = False
    return make_member("Ana", handle="ana", password=PASSWORD, last_login="2026-01-01T00:00Z")


def signed_in(client, agent=FIREFOX):
    """Another browser of Ana's."""
    other = type(client)(headers={"user-agent": agent}, REMOTE_ADDR="203.0.113.77")
    other.post("/account/login/", {"login": "ana@cities.example", "password": PASSWORD})
    return other


def key_of(browser):
    return browser.session.session_key


def is_in(browser):
    return browser.get(HERE).status_code == 200


def test_every_sign_in_is_a_place_in_words_with_half_an_address_and_this_one_marked(client, ana):
    here, tablet = signed_in(client), signed_in(client, SAFARI)

    page = here.get(HERE).content.decode()

    assert "Firefox on Linux" in page and "Safari on iPad" in page
    assert page.count("this one") == 1
    assert "203.0…" in page and "203.0.113" not in page
    assert key_of(tablet) not in page and key_of(here) not in page


def test_one_place_is_signed_out_and_dead_at_once(client, ana):
    here, tablet, phone = (signed_in(client) for _ in range(3))
    place = SignedInPlace.objects.get(session_key=key_of(tablet))

    here.post(DEED, {"place": place.pk})

    assert [is_in(each) for each in (here, tablet, phone)] == [True, False, True]
    assert StreamEntry.objects.filter(stream="access", fact__name="member_signed_out").count() == 1


def test_all_others_are_signed_out_and_this_one_goes_on(client, ana):
    here, tablet, phone = (signed_in(client) for _ in range(3))

    answer = here.post(DEED, {"others": "all"}, follow=True)

    assert "2 other places are signed out." in answer.content.decode()
    assert [is_in(each) for each in (here, tablet, phone)] == [True, False, False]
    assert list(SignedInPlace.objects.values_list("session_key", flat=True)) == [key_of(here)]


def test_nobody_signs_out_anothers_place_nor_this_one_by_number(client, ana):
    here = signed_in(client)
    bo = make_member("Bo")
    theirs = SignedInPlace.objects.create(member=bo, session_key="x" * 32)
    mine = SignedInPlace.objects.get(session_key=key_of(here))

    assert here.post(DEED, {"place": theirs.pk}).status_code == 404
    assert here.post(DEED, {"place": mine.pk}).status_code == 404
    assert here.post(DEED, {"place": "x"}).status_code == 404
    assert SignedInPlace.objects.count() == 2 and is_in(here)


def test_another_password_ends_the_other_places_and_keeps_this_one_in_the_list(client, ana):
    here, tablet = signed_in(client), signed_in(client)
    ended = key_of(tablet)

    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "quite another sentence"})

    assert ended and not Session.objects.filter(session_key=ended).exists()
    assert is_in(here) and not is_in(tablet)
    assert list(SignedInPlace.objects.values_list("session_key", flat=True)) == [key_of(here)]


def test_a_use_that_was_gathered_before_a_place_ended_does_not_bring_it_back(client, ana):
    here, tablet = signed_in(client), signed_in(client)
    uses = [Use(key_of(each), ana.pk, FIREFOX, "203.0.113.77") for each in (here, tablet)]
    SignedInPlace.objects.all().delete()  # as those who signed in before there was a list
    Session.objects.filter(session_key=key_of(tablet)).delete()

    note_uses(uses)

    assert list(SignedInPlace.objects.values_list("session_key", flat=True)) == [key_of(here)]


def test_signing_out_oneself_takes_the_place_away(client, ana):
    here = signed_in(client)

    here.post(reverse("account_logout"))

    assert not SignedInPlace.objects.exists()


def test_a_read_writes_nothing_and_once_a_minute_the_use_of_all_is_written_together(client, ana, monkeypatch):
    tablet, phone = signed_in(client), signed_in(client)
    SignedInPlace.objects.update(last_used_at="2026-01-01T00:00Z")
    tablet.get("/forums/")  # warm

    with CaptureQueriesContext(connection) as before:
        for browser in (tablet, phone, tablet):
            browser.get("/forums/")
    monkeypatch.setattr(gathering, "since", gathering.since - middleware.EVERY_SECONDS)
    with CaptureQueriesContext(connection) as at_the_minute:
        tablet.get("/forums/")
    with CaptureQueriesContext(connection) as after:
        tablet.get("/forums/")

    written = [query["sql"] for query in at_the_minute if query["sql"].startswith("UPDATE")]
    assert not any(query["sql"].startswith(("UPDATE", "INSERT", "DELETE")) for query in [*before, *after])
    assert len(written) == 1 and "signedinplace" in written[0]
    assert not SignedInPlace.objects.filter(last_used_at__year=2026, last_used_at__month=1).exists()


def test_a_session_from_before_there_was_a_list_comes_into_it_when_it_is_used(client, ana, monkeypatch):
    client.force_login(ana)
    monkeypatch.setattr(gathering, "since", gathering.since - middleware.EVERY_SECONDS)

    client.get("/forums/", headers={"user-agent": SAFARI})

    assert SignedInPlace.objects.get().system == "iPad"


def test_a_guests_visit_is_nobodys_place(client):
    client.get("/forums/", headers={"user-agent": FIREFOX})

    assert gathering.uses == {}


def test_the_page_costs_the_same_with_one_place_and_with_three(client, ana):
    here = signed_in(client)
    here.get(HERE)
    with CaptureQueriesContext(connection) as with_one:
        here.get(HERE)
    signed_in(client), signed_in(client)
    with CaptureQueriesContext(connection) as with_three:
        here.get(HERE)

    assert len(with_three) == len(with_one) <= 12
