import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from tests.factories.members import PASSWORD, make_administrator, make_member

pytestmark = pytest.mark.django_db
HERE = "/account/login/"


def sign_in(client, email="ana@cities.example", password=PASSWORD, **fields):
    return client.post(HERE, {"login": email, "password": password, **fields})


def test_a_member_signs_in_with_address_and_password_and_gets_her_language(client):
    make_member("Ana", password=PASSWORD, language="pt", last_login="2026-01-01T00:00Z")

    answer = sign_in(client, email="ANA@cities.example")

    assert answer.url == "/"
    assert answer.cookies[django_settings.LANGUAGE_COOKIE_NAME].value == "pt"


def test_the_first_sign_in_leads_to_the_profile_once(client):
    make_member("Ana", password=PASSWORD)

    first = sign_in(client)
    client.logout()
    second = sign_in(client)

    assert first.url == "/account/profile/"
    assert second.url == "/"


def test_a_wrong_password_says_so_and_keeps_the_address(client):
    make_member("Ana", password=PASSWORD)

    answer = sign_in(client, password="something else")

    assert answer.status_code == 200
    assert "do not match" in answer.content.decode()
    assert 'value="ana@cities.example"' in answer.content.decode()
    assert "something else" not in answer.content.decode()


def test_a_suspended_member_is_told_only_after_the_right_password(client):
    make_member("Ana", password=PASSWORD, is_active=False)

    wrong = sign_in(client, password="something else")
    right = sign_in(client)

    assert "do not match" in wrong.content.decode()
    assert right.url == reverse("account_inactive")
    page = client.get(right.url).content.decode()
    assert "suspended" in page
    assert page.index("If you asked us to delete it") < page.index("write to the moderators")


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("/forums/?page=2", "/forums/?page=2"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("http://localhost:8000/forums/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
        ("https:evil.example", "/"),
        ("\tjavascript:alert(1)", "/"),
    ],
)
def test_sign_in_leads_on_within_the_site_only(client, wanted, got):
    make_member("Ana", password=PASSWORD, last_login="2026-01-01T00:00Z")

    assert sign_in(client, next=wanted).url == got


def test_the_demonstration_offers_its_accounts_with_a_button_each(client, settings):
    for name in ("ana", "bo"):
        make_member(name, email=f"{name}@frontline.example", password=PASSWORD, is_demonstration=True)
    make_member("Stranger", is_demonstration=True)

    page = client.get(HERE).content.decode()
    settings.DEMONSTRATION = False
    outside = client.get(HERE).content.decode()

    assert page.count('name="login" value=') == 2
    assert "Stranger" not in page
    assert "frontline.example" not in outside and PASSWORD not in outside


def test_signing_out_asks_first_and_takes_a_post(client):
    client.force_login(make_member("Ana"))

    asked = client.get(reverse("account_logout"))
    still_in = "_auth_user_id" in client.session
    left = client.post(reverse("account_logout"))

    assert asked.status_code == 200 and still_in
    assert left.url == "/"
    assert "_auth_user_id" not in client.session


def test_many_wrong_passwords_are_slowed_down_alike_with_and_without_an_account(client):
    make_member("Ana", password=PASSWORD)

    known = [sign_in(client, password="wrong words") for _ in range(6)]
    unknown = [sign_in(client, email="nobody@cities.example", password="wrong words") for _ in range(4)]

    assert "wait a few minutes" in known[-1].content.decode()
    assert "do not match" in unknown[0].content.decode()


def test_wrong_passwords_of_others_behind_her_address_do_not_keep_her_out(client):
    make_member("Ana", password=PASSWORD)
    for number in range(12):
        sign_in(client, email=f"colleague-{number}@cities.example", password="something else")

    assert sign_in(client).status_code == 302


def test_a_flood_of_sign_ins_meets_a_kind_429(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}

    answers = [sign_in(client) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "A little too fast" in answers[-1].content.decode()


def test_the_admins_own_sign_in_is_no_second_door(client):
    make_administrator("Eve", password=PASSWORD)

    answer = client.post("/admin/login/", {"username": "eve@cities.example", "password": PASSWORD})

    assert answer.status_code == 302
    assert answer.url.startswith(HERE)
