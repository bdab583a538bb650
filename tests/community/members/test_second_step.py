"""The second step of signing in, by code and by recovery code."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from community.mail.models import Mail
from community.members.actions import make_recovery_codes, use_code
from community.members.codes import sealed, unsealed
from tests.factories.deliveries import deliver_all
from tests.factories.factors import SECRET, code_now, give_app, prove
from tests.factories.members import PASSWORD, make_member

pytestmark = pytest.mark.django_db
STEP, SECURITY, APP = "/account/login/second-step/", "/account/security/", "/account/security/app/"


@pytest.fixture(autouse=True)
def a_fixed_moment(time_machine):
    time_machine.move_to("2026-11-26T10:00:10Z", tick=False)


@pytest.fixture
def ana(settings):
    settings.ACCOUNT_RATE_LIMITS = False
    return make_member("Ana", handle="ana", password=PASSWORD, last_login="2026-01-01T00:00Z")


def sign_in(client, **fields):
    return client.post("/account/login/", {"login": "ana@cities.example", "password": PASSWORD, **fields})


def is_in(client):
    return "_auth_user_id" in client.session


def test_who_has_an_app_signs_in_by_password_and_code_and_comes_where_she_wanted(client, ana):
    give_app(ana)

    asked = sign_in(client, next="/forums/?page=2")
    was_in = is_in(client)
    answer = client.post(STEP, {"code": code_now()})

    assert asked.url == STEP and not was_in
    assert answer.url == "/forums/?page=2"
    assert is_in(client)


def test_what_an_expired_sign_in_kept_is_there_after_the_second_step(client, ana):
    give_app(ana)
    client.post("/account/profile/", {"position": "Typed before", "name": "Ana", "language": "en"})

    sign_in(client, next="/account/profile/")
    on = client.post(STEP, {"code": code_now()})

    assert on.url == "/account/profile/"
    assert 'value="Typed before"' in client.get(on.url).content.decode()


def test_the_page_of_the_second_step_is_nobodys_who_has_not_done_the_first(client, ana):
    give_app(ana)

    assert client.get(STEP).url == "/account/login/"
    assert client.post(STEP, {"code": code_now()}).url == "/account/login/"
    assert not is_in(client)


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_a_code_of_another_time_does_not_serve(client, ana, steps):
    give_app(ana)
    sign_in(client)

    answer = client.post(STEP, {"code": code_now(steps=steps)})

    assert "not right" in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_that_is_half_a_minute_off_does_no_harm(client, ana, steps):
    give_app(ana)
    sign_in(client)

    client.post(STEP, {"code": code_now(steps=steps)})

    assert is_in(client)


def test_a_code_is_taken_as_people_type_it(client, ana):
    give_app(ana)
    sign_in(client)
    code = code_now()

    client.post(STEP, {"code": f" {code[:3]} {code[3:]}"})

    assert is_in(client)


def test_arabic_digits_are_digits(ana):
    give_app(ana)

    assert use_code(ana, code=code_now().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))


def test_a_code_serves_once_and_no_older_one_after_it(client, ana):
    give_app(ana)

    first = use_code(ana, code=code_now())
    again, older, next_one = (use_code(ana, code=code_now(steps=steps)) for steps in (0, -1, 1))

    assert first and next_one
    assert again is None and older is None


def test_five_wrong_codes_close_the_door_for_a_while_also_to_the_right_one(client, ana):
    give_app(ana)
    sign_in(client)

    for _ in range(5):
        client.post(STEP, {"code": "000000"})
    answer = client.post(STEP, {"code": code_now()})

    assert "wait five minutes" in answer.content.decode()
    assert not is_in(client)


def test_a_recovery_code_works_once_and_is_told_by_mail(client, ana):
    give_app(ana)
    codes = make_recovery_codes(ana)
    Mail.objects.all().delete()
    sign_in(client)

    client.post(STEP, {"code": codes[3].upper().replace("-", " ")})
    was_in = is_in(client)
    client.post(reverse("account_logout"))
    sign_in(client)
    client.post(STEP, {"code": codes[3]})

    assert was_in and not is_in(client)
    assert [mail.subject for mail in Mail.objects.all()] == ["A recovery code was used to sign in"]


def test_recovery_codes_are_kept_as_hashes_and_the_apps_secret_sealed(ana):
    give_app(ana)
    codes = make_recovery_codes(ana)

    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert len(set(codes)) == 10
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    assert SECRET not in kept


def test_a_secret_sealed_under_another_key_fits_no_code_but_breaks_nothing(ana, settings):
    text = sealed(SECRET)
    settings.SECRET_KEY = "another" * 10

    assert unsealed(text) != SECRET
    settings.SECRET_KEY_FALLBACKS = []


def test_the_key_before_the_present_one_still_opens_secrets(settings):
    text = sealed(SECRET)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10

    assert unsealed(text) == SECRET


def test_an_app_is_set_up_with_a_picture_and_a_code_and_gives_recovery_codes_once(client, ana):
    client.force_login(ana)
    prove(client, PASSWORD)

    page = client.get(APP).content.decode()
    secret = re.search(r'class="secret" dir="ltr">(\w+)<', page)[1]
    wrong = client.post(APP, {"code": "000000"})
    done = client.post(APP, {"code": code_now(secret)})
    shown = re.findall(r"<li><code>([a-z0-9-]+)</code>", done.content.decode())

    assert 'src="data:image/svg+xml;base64,' in page
    assert "not the code" in wrong.content.decode() and secret in wrong.content.decode()
    assert len(shown) == 10 and "no-store" in done.headers["Cache-Control"]
    ana.refresh_from_db()
    assert ana.has_second_factor
    assert use_code(ana, code=code_now(secret)) is None  # the one that set it up
    assert use_code(ana, code=shown[0])
    later = client.get(SECURITY).content.decode()
    assert "9 codes are left" in later
    assert not any(code in later for code in shown)


def test_every_change_asks_first_whether_it_is_she_and_goes_on_where_she_was(client, ana):
    give_app(ana)
    client.force_login(ana)

    asked = client.post("/account/security/app/remove/")
    page = client.get(asked.url).content.decode()
    stood = Authenticator.objects.filter(user=ana).exists()
    wrong = client.post(asked.url, {"password": "not it"})
    done = client.post(asked.url, {"password": PASSWORD})

    assert asked.url.startswith("/account/prove/") and "Is it you?" in page
    assert stood and "not your current password" in wrong.content.decode()
    assert done.url == SECURITY
    assert not Authenticator.objects.filter(user=ana).exists()


@pytest.mark.parametrize("address", ["app/", "app/remove/", "passkeys/new/", "codes/", "provider/remove/"])
def test_nothing_that_protects_changes_without_that_proof(client, ana, address):
    give_app(ana)
    before = list(Authenticator.objects.values_list("type", "data"))
    client.force_login(ana)

    for answer in (client.post(f"{SECURITY}{address}", {"code": code_now(), "name": "x"}),):
        assert answer.url.startswith("/account/prove/")
    assert list(Authenticator.objects.values_list("type", "data")) == before


def test_the_proof_may_be_a_code_and_is_too_old_after_five_minutes(client, ana, time_machine):
    give_app(ana)
    client.force_login(ana)

    client.post("/account/prove/", {"code": code_now()})
    at_once = client.get(APP)
    time_machine.move_to("2026-11-26T10:05:30Z", tick=False)
    later = client.get(APP)

    assert (at_once.status_code, later.status_code) == (200, 302)


def test_removing_the_last_factor_takes_the_codes_with_it(client, ana):
    give_app(ana)
    make_recovery_codes(ana)
    client.force_login(ana)
    prove(client, PASSWORD)

    client.post("/account/security/app/remove/")

    ana.refresh_from_db()
    assert not ana.has_second_factor
    assert not Authenticator.objects.exists()


def test_codes_are_downloaded_as_text_and_only_ones_own(client, ana):
    give_app(ana)
    codes = make_recovery_codes(ana)
    client.force_login(ana)
    address = "/account/security/codes/download/"

    mine = client.post(address, {"code": [*codes, "<script>"]})
    others = client.post(address, {"code": ["aaaa-bbbb-cccc-dddd"]})

    assert mine.headers["Content-Type"].startswith("text/plain")
    assert "attachment" in mine.headers["Content-Disposition"]
    assert [line for line in mine.content.decode().split() if "://" not in line] == codes
    assert others.status_code == 404


def test_new_codes_void_the_old_ones(client, ana):
    give_app(ana)
    old = make_recovery_codes(ana)
    client.force_login(ana)
    prove(client, PASSWORD)

    shown = re.findall(r"<li><code>([a-z0-9-]+)</code>", client.post("/account/security/codes/").content.decode())

    assert use_code(ana, code=old[0]) is None
    assert use_code(ana, code=shown[0])


def test_each_change_is_told_by_mail_in_her_language_as_text_and_html(client, ana, mailoutbox):
    ana.language = "es"
    ana.save()

    give_app(ana)
    deliver_all()

    letter = mailoutbox[-1]
    assert letter.to == ["ana@cities.example"]
    assert letter.subject != "An authenticator app was added to your account"
    assert "/es/account/security/" in letter.body
    assert "/es/account/security/" in letter.alternatives[0][0]


def test_a_suspended_member_gets_no_further_by_her_code(client, ana):
    give_app(ana)
    sign_in(client)
    ana.is_active = False
    ana.save()

    client.post(STEP, {"code": code_now()})

    assert client.get("/account/security/").status_code == 302
