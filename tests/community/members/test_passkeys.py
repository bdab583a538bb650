"""Passkeys, by a device made of software; tests/browser/test_passkeys.py does it with a browser's own."""

import json

import pytest
from allauth.mfa.models import Authenticator

from community.mail.models import Mail
from community.members.actions.factors import MOST_PASSKEYS
from tests.factories.factors import Device, give_app, options_on, prove
from tests.factories.members import PASSWORD, make_member

pytestmark = pytest.mark.django_db
HOST = {"headers": {"host": "localhost:8000"}}
NEW, STEP, LOGIN = "/account/security/passkeys/new/", "/account/login/second-step/", "/account/login/passkey/"


@pytest.fixture
def ana(settings):
    settings.ACCOUNT_RATE_LIMITS = False
    return make_member("Ana", handle="ana", password=PASSWORD, last_login="2026-01-01T00:00Z")


def asked(client):
    return client.post(f"{LOGIN}options/", **HOST).json()


def is_in(client):
    return "_auth_user_id" in client.session


def test_a_passkey_is_added_named_used_renamed_and_removed(client, ana):
    device = Device()
    client.force_login(ana)
    prove(client, PASSWORD)

    options = options_on(client.get(NEW, **HOST).content.decode())
    codes = client.post(NEW, {"name": "  My  phone ", "credential": device.make(options)}, **HOST)
    passkey = Authenticator.objects.get(type="webauthn")
    client.post(f"/account/security/passkeys/{passkey.pk}/", {"name": "هاتفي"}, **HOST)
    page = client.get("/account/security/", **HOST).content.decode()
    client.logout()
    entered = client.post(LOGIN, {"credential": device.use(asked(client), owner=ana), "next": "/forums/"}, **HOST)
    prove(client, PASSWORD)
    client.post(f"/account/security/passkeys/{passkey.pk}/", {"remove": "yes"}, **HOST)

    assert "Your recovery codes" in codes.content.decode()
    assert passkey.data["name"] == "My phone"
    assert "هاتفي" in page and "Not used yet" in page
    assert entered.url == "/forums/"
    assert not Authenticator.objects.exists()
    assert [mail.subject for mail in Mail.objects.order_by("pk")] == [
        "A passkey was added to your account",
        "Your account has new recovery codes",
        "A passkey was removed from your account",
    ]


def test_a_passkey_that_checked_its_user_is_both_steps(client, ana):
    device = Device().give_to(ana)
    give_app(ana)

    client.post(LOGIN, {"credential": device.use(asked(client), owner=ana)}, **HOST)

    assert is_in(client)


def test_a_passkey_is_the_second_step_after_the_password(client, ana):
    device = Device().give_to(ana)

    client.post("/account/login/", {"login": ana.email, "password": PASSWORD}, **HOST)
    options = options_on(client.get(STEP, **HOST).content.decode())
    client.post(STEP, {"credential": device.use(options, verified=False)}, **HOST)

    assert len(options["publicKey"]["allowCredentials"]) == 1
    assert is_in(client)


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "http://localhost:8001"},
        {"origin": "https://localhost:8000"},
        {"origin": "http://evil.localhost:8000"},
        {"verified": False},
    ],
)
def test_an_answer_from_elsewhere_or_without_its_user_signs_nobody_in(client, ana, wrong):
    device = Device().give_to(ana)

    answer = client.post(LOGIN, {"credential": device.use(asked(client), owner=ana, **wrong)}, **HOST)

    assert answer.url == "/account/login/"
    assert not is_in(client)


def test_an_answer_serves_once_and_only_to_its_own_question(client, ana):
    device = Device().give_to(ana)
    answer = device.use(asked(client), owner=ana)
    other = type(client)()
    asked(other)

    other.post(LOGIN, {"credential": answer}, **HOST)
    first = client.post(LOGIN, {"credential": answer}, **HOST)
    client.logout()
    client.post(LOGIN, {"credential": answer}, **HOST)

    assert first.url == "/"
    assert not is_in(other) and not is_in(client)


def test_a_passkey_speaks_for_its_own_account_only(client, ana):
    bo = make_member("Bo")
    device = Device().give_to(bo)
    Device().give_to(ana)

    client.post(LOGIN, {"credential": device.use(asked(client), owner=ana)}, **HOST)

    assert not is_in(client)


@pytest.mark.parametrize(
    "said", ["", "no JSON", "[]", "{}", "[" * 5000, '{"response": {"userHandle": 7}}', '{"response": {}, "id": "x"}']
)
def test_what_is_no_answer_is_a_kind_no(client, ana, said):
    asked(client)

    assert client.post(LOGIN, {"credential": said}, **HOST).url == "/account/login/"


def test_each_part_of_an_answer_may_be_spoilt_without_harm(client, ana):
    device = Device().give_to(ana)
    for part in ("clientDataJSON", "authenticatorData", "signature", "userHandle"):
        for value in ("", "AAAA", "!", None, [], {"a": 1}, 7):
            answer = json.loads(device.use(asked(client), owner=ana))
            answer["response"][part] = value
            assert client.post(LOGIN, {"credential": json.dumps(answer)}, **HOST).url == "/account/login/"
    assert not is_in(client)


def test_passkeys_are_offered_only_where_the_host_is_the_name_that_members_type(client, ana, settings):
    Device().give_to(ana)

    by_name = client.get("/account/login/", **HOST).content.decode()
    by_number = client.get("/account/login/", headers={"host": "127.0.0.1:8000"}).content.decode()
    settings.PUBLIC_ORIGIN, settings.ALLOWED_HOSTS = "http://127.0.0.1:8000", ["127.0.0.1"]
    only_number = client.get("/account/login/", headers={"host": "127.0.0.1:8000"}).content.decode()

    assert "data-passkey" in by_name
    assert "data-passkey" not in by_number and "data-passkey" not in only_number
    assert client.post(f"{LOGIN}options/", headers={"host": "127.0.0.1:8000"}).status_code == 404


def test_another_members_passkey_is_not_there(client, ana):
    Device().give_to(make_member("Bo"))
    passkey = Authenticator.objects.get()
    client.force_login(ana)
    prove(client, PASSWORD)

    assert client.post(f"/account/security/passkeys/{passkey.pk}/", {"remove": "yes"}, **HOST).status_code == 404
    assert Authenticator.objects.exists()


def test_an_answer_to_another_question_adds_no_passkey_and_keeps_the_name(client, ana):
    client.force_login(ana)
    prove(client, PASSWORD)
    stale = options_on(client.get(NEW, **HOST).content.decode())
    client.get(NEW, **HOST)

    answer = client.post(NEW, {"name": "Phone", "credential": Device().make(stale)}, **HOST)

    assert 'value="Phone"' in answer.content.decode()
    assert "made no passkey" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_there_is_a_most_of_passkeys(client, ana):
    for number in range(MOST_PASSKEYS):
        Device().give_to(ana, f"Key {number}")
    client.force_login(ana)
    prove(client, PASSWORD)

    options = options_on(client.get(NEW, **HOST).content.decode())
    answer = client.post(NEW, {"name": "One more", "credential": Device().make(options)}, **HOST)

    assert "Remove one first" in answer.content.decode()
    assert Authenticator.objects.filter(type="webauthn").count() == MOST_PASSKEYS
