"""The corpus of naughty strings through every text field of accounts and profiles: taken or refused, never a 500."""

import pytest

from community.members.forms.account import ChangeAddressForm, ChangePasswordForm, ForgottenForm, JoinForm
from community.members.forms.profile import ProfileForm
from tests.community.text.corpora import corpus, needs_corpus
from tests.factories.members import make_member

pytestmark = [pytest.mark.django_db, needs_corpus("naughty-strings.json")]
PROFILE = {"name": "Ana", "language": "en", "timezone": "UTC"}
FIELDS = ["name", "position", "organisation", "tags", "about"]


@pytest.fixture
def naughty():
    return [*corpus("naughty-strings.json"), "\ud800", "a\x00b", "\u200b", "\u202e", "\ufdd0"]


def test_every_naughty_string_is_saved_and_shown_or_refused_beside_its_field(client, naughty):
    ana = make_member("Ana", handle="ana")
    client.force_login(ana)
    saved = 0

    for text in naughty:
        form = ProfileForm({**PROFILE, **dict.fromkeys(FIELDS, text)}, initial={}, member=ana)
        if not form.is_valid():
            assert set(form.errors) <= set(FIELDS)
            continue
        if saved % 25 == 0:  # the whole way costs more than a form
            answer = client.post("/account/profile/", {**PROFILE, **dict.fromkeys(FIELDS, text)})
            assert answer.status_code == 302
            assert client.get("/members/ana/").status_code == 200
        saved += 1

    assert saved > 100


def test_no_naughty_string_breaks_a_form_of_accounts(naughty):
    ana = make_member("Ana")

    for text in naughty[::5] + naughty[-5:]:
        for form in (
            JoinForm({"name": text, "email": text, "password1": "x", "timezone": text}),
            ForgottenForm({"email": text}),
            ChangePasswordForm({"oldpassword": text, "password1": "x"}, member=ana),
            ChangeAddressForm({"oldpassword": "", "email": text}, member=ana),
        ):
            assert form.is_valid() in (True, False)
