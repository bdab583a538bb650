"""Sign up → mail in the mailbox → verify → signed in → profile."""

import re

import pytest
from django.core import mail as outbox
from django.urls import reverse

from community.mail.models import Mail
from community.members.forms.account import JoinForm
from community.members.models import AccountRequest, Member
from tests.factories.deliveries import deliver_all
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
FORM = {
    "name": "عمر Ñandú",
    "email": "Omar@cities.example",
    "password1": "three words of mine",
    "timezone": "Africa/Cairo",
}


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


def link_in_last_mail():
    deliver_all()
    return re.search(r"http://localhost:8000(/\S+)", outbox.outbox[-1].body).group(1)


def sign_up(client, language="", **fields):
    return client.post(f"{language}/account/signup/", {**FORM, **fields})


def test_one_signs_up_confirms_and_is_led_to_her_profile(client):
    sent = sign_up(client, language="/ar")
    link = link_in_last_mail()
    shown = client.get(link)
    opened = client.post(link)

    assert sent.url == reverse("account_email_verification_sent").replace("/account", "/ar/account")
    assert link.startswith("/ar/account/confirm-email/")
    assert shown.status_code == 200
    assert opened.url == "/ar/account/profile/"
    omar = Member.objects.get(email="omar@cities.example")
    assert (omar.name, omar.handle, omar.timezone) == ("عمر Ñandú", "nandu", "Africa/Cairo")
    assert client.get(opened.url).status_code == 200
    assert client.session["_auth_user_id"] == str(omar.pk)
    assert not AccountRequest.objects.exists()


def test_looking_at_the_link_opens_no_account(client):
    sign_up(client)

    client.get(link_in_last_mail())

    assert not Member.objects.exists()


def test_a_link_confirmed_in_another_browser_opens_the_account_but_signs_nobody_in(client):
    sign_up(client)
    link = link_in_last_mail()
    client.cookies.clear()

    answer = client.post(link)

    assert answer.url == reverse("account_login")
    assert Member.objects.filter(email="omar@cities.example").exists()
    assert "_auth_user_id" not in client.session


def test_a_link_works_once(client):
    sign_up(client)
    link = link_in_last_mail()
    client.post(link)
    client.logout()

    again = client.post(link)

    assert again.status_code == 404
    assert Member.objects.count() == 1
    assert "no longer works" in again.content.decode()


def test_a_forged_link_is_a_kind_page(client):
    assert client.get(reverse("account_join", args=["1:forged:key"])).status_code == 404


def test_an_old_wish_is_forgotten(client, time_machine):
    time_machine.move_to("2026-11-01T10:00:00Z")
    sign_up(client)
    link = link_in_last_mail()
    time_machine.move_to("2026-11-05T10:00:00Z")

    assert client.post(link).status_code == 404
    sign_up(client, email="bo@cities.example")
    deliver_all()
    assert [wish.email for wish in AccountRequest.objects.all()] == ["bo@cities.example"]


def test_two_wishes_for_one_address_open_one_account(client):
    sign_up(client)
    first = link_in_last_mail()
    sign_up(client, name="Another")
    second = link_in_last_mail()

    client.post(second)
    client.logout()

    assert client.post(first).status_code == 404
    assert [member.name for member in Member.objects.all()] == ["Another"]


def test_who_has_an_account_hears_of_it_in_her_own_language_and_nothing_changes(client):
    ana = make_member("Ana", email="omar@cities.example", language="fr")

    sign_up(client)
    link = link_in_last_mail()

    assert Mail.objects.get().kind == "already_a_member"
    assert link == "/fr/account/password/reset/"
    ana.refresh_from_db()
    assert ana.name == "Ana"
    assert not AccountRequest.objects.exists()


def test_where_one_wanted_to_go_is_kept_through_sign_up_but_only_within_the_site(client):
    sign_up(client, next="/forums/")
    inside = client.post(link_in_last_mail())
    client.logout()
    sign_up(client, next="https://evil.example/", email="bo@cities.example")
    outside = client.post(link_in_last_mail())

    assert inside.url == "/account/profile/?next=%2Fforums%2F"
    assert outside.url == "/account/profile/"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "\u200b\u200b"),
        ("name", "evil\u202ename"),
        ("name", "nul\x00"),
        ("name", "x" * 81),
        ("email", "nobody"),
        ("email", "a@\ud800.example"),
        ("password1", "short"),
        ("password1", "password1234"),
        ("password1", "nul\x00 in my words"),
        ("password1", "x" * 300),
    ],
)
def test_unfit_fields_are_refused_beside_the_field_and_nothing_typed_is_lost(client, field, value):
    form = JoinForm({**FORM, field: value})

    assert not form.is_valid()
    assert field in form.errors
    answer = sign_up(client, **{field: value.encode("utf-8", "replace").decode()})
    assert answer.status_code == 200
    assert FORM["name"] in answer.content.decode() or field == "name"
    assert not AccountRequest.objects.exists()


def test_too_many_mails_to_one_address_meet_a_kind_429(client):
    answers = [sign_up(client, email="victim@cities.example").status_code for _ in range(6)]

    assert answers == [302] * 5 + [429]


def test_two_people_of_one_name_get_handles_of_their_own(client):
    make_member("X", handle="nandu")

    sign_up(client)
    client.post(link_in_last_mail())

    assert Member.objects.get(email="omar@cities.example").handle == "nandu-2"


def test_a_name_without_latin_letters_gets_a_short_number_until_she_takes_another_handle(client):
    sign_up(client, name="عمر")
    client.post(link_in_last_mail())

    assert re.fullmatch(r"member-[0-9]{4}", Member.objects.get().handle)


def test_links_in_mails_never_follow_the_requests_host(client):
    client.post("/account/signup/", FORM, headers={"host": "127.0.0.1", "x-forwarded-host": "evil.example"})
    deliver_all()

    [sent] = outbox.outbox
    assert "evil" not in sent.body and "127.0.0.1" not in sent.body
    assert "http://localhost:8000/account/confirm-email/" in sent.body


@pytest.mark.parametrize("guess", ["", "Mars/Olympus", "a\x00b", "x" * 5_000, "../../etc/passwd"])
def test_a_browser_that_guesses_no_zone_stands_in_nobodys_way(client, guess):
    sign_up(client, timezone=guess)
    client.post(link_in_last_mail())

    assert Member.objects.get().timezone == "UTC"


def test_what_was_typed_too_often_comes_back_to_be_sent_a_little_later(client):
    typed = {**FORM, "name": "Ana of Quito"}
    answers = [client.post("/account/signup/", typed, headers={"origin": "http://localhost:8000"}) for _ in range(7)]

    page = answers[-1].content.decode()
    assert answers[-1].status_code == 429
    assert 'action="/account/signup/"' in page and typed["email"] in page and "Ana of Quito" in page
    assert typed["password1"] not in page
