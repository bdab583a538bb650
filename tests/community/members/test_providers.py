"""Signing in by an OpenID Connect provider, against a real one on this machine."""

import hashlib
import re
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured

from community.checks import providers_from
from community.mail.models import Mail
from community.members.actions import connect_provider
from community.members.models import AccountRequest, Member
from community.privacy.models import Archive, Departure
from tests.community.members.oidc import CLIENT, SECRET, Served, made_key
from tests.factories.deliveries import deliver_all
from tests.factories.factors import code_now, give_app, prove
from tests.factories.members import PASSWORD, make_member

pytestmark = pytest.mark.django_db
IMANI = {"sub": "17", "name": "Imani Otieno", "email": "imani@cities.example", "email_verified": True}


@pytest.fixture(scope="module")
def served():
    served = Served()
    yield served
    served.stop()


@pytest.fixture
def provider(served, settings):
    provider = served.provider
    provider.claims, provider.told, provider.spoil, provider.signing_key = dict(IMANI), {}, {}, None
    settings.ACCOUNT_RATE_LIMITS = False
    settings.OIDC_NAME = "City login"
    settings.SOCIALACCOUNT_PROVIDERS = providers_from(
        name="City login", server=provider.origin, client=CLIENT, secret=SECRET
    )
    return provider


def go(client, start="/account/oidc/", **fields):
    """To the provider and back, as a browser goes."""
    away = client.post(start, fields)
    back = requests.get(away.url, allow_redirects=False, timeout=20).headers["Location"]
    path = urlsplit(back)
    assert back.startswith("http://localhost:8000/account/oidc/back/?")
    return client.get(f"{path.path}?{path.query}")


def is_in(client):
    return "_auth_user_id" in client.session


def link_in_mail():
    deliver_all()
    from django.core import mail

    return re.search(r"http://localhost:8000(/\S+)", mail.outbox[-1].body).group(1)


def connected(member):
    return SocialAccount.objects.filter(user=member).exists()


def test_somebody_new_confirms_her_address_and_signs_in_by_the_provider_from_then_on(client, provider):
    asked = go(client, next="/forums/")
    was_in = is_in(client)
    confirmed = client.post(link_in_mail())
    client.logout()
    again = go(client, next="/forums/")

    imani = Member.objects.get(email="imani@cities.example")
    assert asked.url == "/account/signup/sent/" and not was_in
    assert confirmed.status_code == 302
    assert imani.name == "Imani Otieno" and not imani.has_usable_password() and connected(imani)
    assert again.url == "/forums/" and is_in(client)


def test_of_who_she_is_there_only_a_digest_is_kept(client, provider):
    go(client)
    client.post(link_in_mail())
    client.logout()
    go(client)

    kept = SocialAccount.objects.get()

    assert re.fullmatch(r"[0-9a-f]{64}", kept.uid)
    assert "imani" not in str(kept.extra_data) and "Imani" not in str(kept.extra_data)


def test_an_address_of_a_member_gives_nobody_her_account_and_the_page_says_nothing_of_it(client, provider):
    ana = make_member("Ana", email=IMANI["email"], password=PASSWORD)

    known = go(client)
    deliver_all()
    shown = client.get(known.url).content
    mail = Mail.objects.get()
    other = type(client)()
    provider.claims["email"] = "nobody@cities.example"
    unknown = go(other)

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(shown) == len(other.get(unknown.url).content)
    assert not is_in(client) and not connected(ana)
    assert mail.kind == "already_a_member" and mail.to == ana.email


@pytest.mark.parametrize("verified", [False, None, "true", 1, "absent"])
def test_an_address_that_the_provider_has_not_confirmed_opens_nothing(client, provider, verified):
    provider.claims["email_verified"] = verified
    if verified == "absent":
        del provider.claims["email_verified"]

    answer = go(client)

    assert answer.status_code == 403
    assert not AccountRequest.objects.exists()


def test_confirming_in_another_browser_does_not_let_the_asking_identity_in(client, provider):
    """A stranger who claims her address at the provider would else have her new account."""
    go(client)
    victim = type(client)()

    victim.post(link_in_mail())

    assert Member.objects.filter(email=IMANI["email"]).exists()
    assert not SocialAccount.objects.exists()
    assert not is_in(client) and not is_in(victim)


def test_a_member_connects_it_after_proving_herself_and_is_told_by_mail(client, provider):
    ana = make_member("Ana", password=PASSWORD, last_login="2026-01-01T00:00Z")
    client.force_login(ana)

    unproved = client.post("/account/oidc/")
    prove(client, PASSWORD)
    answer = go(client)
    client.logout()
    go(client)

    assert unproved.url.startswith("/account/prove/")
    assert answer.url == "/account/security/"
    assert client.session["_auth_user_id"] == str(ana.pk)
    assert Mail.objects.get().subject == "Another way to sign in was connected to your account"


def test_an_identity_of_one_account_is_not_connected_to_another(client, provider):
    ana, bo = make_member("Ana", password=PASSWORD), make_member("Bo", password=PASSWORD)
    for member in (ana, bo):
        client.force_login(member)
        prove(client, PASSWORD)
        go(client)

    assert connected(ana) and not connected(bo)


def test_the_second_step_is_asked_after_the_provider_too(client, provider):
    ana = make_member("Ana", password=PASSWORD, last_login="2026-01-01T00:00Z")
    client.force_login(ana)
    prove(client, PASSWORD)
    go(client)
    give_app(ana)
    client.logout()

    answer = go(client, next="/forums/")
    was_in = is_in(client)
    on = client.post(answer.url, {"code": code_now()})

    assert answer.url == "/account/login/second-step/" and not was_in
    assert on.url == "/forums/"


@pytest.mark.parametrize(
    ("what", "value"),
    [("iss", "https://elsewhere.example"), ("aud", "another client"), ("exp", 1_000_000_000), ("sub", "18")],
)
def test_a_token_that_is_not_for_us_is_refused(client, provider, what, value):
    provider.spoil = {what: value}

    assert go(client).status_code == 403
    assert not AccountRequest.objects.exists()


def test_a_token_signed_by_another_key_is_refused(client, provider):
    provider.signing_key = made_key()

    assert go(client).status_code == 403


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(client, provider):
    other = type(client)()
    away = other.post("/account/oidc/")
    back = urlsplit(requests.get(away.url, allow_redirects=False, timeout=20).headers["Location"])

    answer = client.get(f"{back.path}?{back.query}")

    assert answer.status_code == 403
    assert not is_in(client)


def test_a_provider_that_is_away_is_a_kind_page(client, provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS = providers_from(
        name="City login", server="http://127.0.0.1:9", client=CLIENT, secret=SECRET
    )

    answer = client.post("/account/oidc/")

    assert answer.status_code == 403
    assert "did not work" in answer.content.decode()


def test_the_button_is_there_where_a_provider_is_named_and_no_door_elsewhere(client, provider, settings):
    named = client.get("/account/login/").content.decode()
    settings.OIDC_NAME = ""
    unnamed = client.get("/account/login/").content.decode()

    assert "Sign in with City login" in named
    assert "/account/oidc/" not in unnamed
    assert client.post("/account/oidc/").status_code == 404
    assert client.get("/account/oidc/back/").status_code == 404


def test_who_would_lock_herself_out_keeps_the_connection(client, provider):
    enter_by_provider(client, provider)
    go(client, prove="")

    answer = client.post("/account/security/provider/remove/")

    assert answer.url == "/account/security/" and SocialAccount.objects.exists()


def enter_by_provider(client, provider):
    """Imani, whose identity is connected and who has no password."""
    imani = make_member("Imani", email=IMANI["email"], last_login="2026-01-01T00:00Z")
    connect_provider(imani, uid=hashlib.sha256(f"{provider.origin} {IMANI['sub']}".encode()).hexdigest())
    go(client)
    assert client.session["_auth_user_id"] == str(imani.pk)


def test_who_has_no_password_signs_in_anew_before_what_matters_and_goes_on_there(client, provider):
    enter_by_provider(client, provider)

    asked = client.get("/account/security/app/")
    page = client.get(asked.url).content.decode()
    back = go(client, prove="", next="/account/security/app/")

    assert asked.url == "/account/prove/?next=%2Faccount%2Fsecurity%2Fapp%2F"
    assert "Sign in again with City login" in page
    assert client.get(back.url).url == "/account/security/app/"
    assert client.get("/account/security/app/").status_code == 200


def test_who_has_no_password_takes_her_data_along_and_leaves_once_she_has_signed_in_anew(client, provider):
    enter_by_provider(client, provider)

    asked = client.post("/account/data/")
    assert asked.url.startswith("/account/prove/") and not Archive.objects.exists()
    go(client, prove="", next="/account/data/")

    assert client.post("/account/data/").url == "/account/data/" and Archive.objects.exists()
    assert client.post("/account/delete/", {"understood": "on"}).url == "/account/delete/asked/"
    assert Departure.objects.exists()


@pytest.mark.parametrize("spoiled", [{"sub": "18"}, {"auth_time": 1_000_000_000}, {"auth_time": "now"}])
def test_neither_another_identity_nor_an_old_sign_in_there_proves_that_it_is_she(client, provider, spoiled):
    enter_by_provider(client, provider)
    provider.claims |= spoiled

    go(client, prove="", next="/account/security/app/")

    assert client.get("/account/security/app/").url.startswith("/account/prove/")


def test_who_joins_by_a_provider_gets_the_language_of_the_page_she_came_from(client, provider):
    answer = go(client, start="/pt/account/oidc/")

    assert AccountRequest.objects.get().language == "pt"
    assert answer.url == "/pt/account/signup/sent/"


@pytest.mark.parametrize(
    "named",
    [
        {"name": "x", "server": "", "client": "", "secret": ""},
        {"name": "x", "server": "http://login.example", "client": "y", "secret": "z"},
    ],
)
def test_half_a_provider_or_an_open_line_to_it_stops_the_start(named):
    with pytest.raises(ImproperlyConfigured, match="OIDC_SERVER"):
        providers_from(**named)
