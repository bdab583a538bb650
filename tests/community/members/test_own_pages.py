"""No page or mail of allauth's own ever shows."""

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver, reverse

from community.members.urls import account
from tests.factories.members import PASSWORD, make_member

pytestmark = pytest.mark.django_db
FOR_GUESTS = ["account_login", "account_signup", "account_email_verification_sent", "account_reset_password"]
FOR_GUESTS += ["account_reset_password_done", "account_inactive"]
FOR_MEMBERS = ["account_logout", "account_email", "account_change_password", "account_inactive", "members:profile"]


def ours(answer):
    return all(
        str(template.origin.name).startswith(str(settings.BASE_DIR / "templates"))
        for template in answer.templates
        if template.origin and not template.origin.name.startswith("<") and "/forms/" not in template.origin.name
    )


@pytest.mark.parametrize("language", ["", "/es", "/pt", "/fr", "/ar"])
def test_every_page_of_accounts_is_ours(client, language):
    for name in FOR_GUESTS:
        answer = client.get(language + reverse(name))
        assert (answer.status_code, ours(answer), name) == (200, True, name)
        assert b"<main" in answer.content
    client.force_login(make_member("Ana", password=PASSWORD))
    for name in FOR_MEMBERS:
        answer = client.get(language + reverse(name))
        assert (answer.status_code, ours(answer), name) == (200, True, name)


def test_nothing_else_of_allauth_is_reachable():
    reachable = {
        name for name in get_resolver().reverse_dict if str(name).startswith(("account_", "socialaccount", "mfa_"))
    }

    assert reachable <= {pattern.name for pattern in account}
    for name in ("login", "signup", "logout", "password_change", "password_reset", "email", "email_confirm"):
        assert str(settings.BASE_DIR) in get_template(f"account/{name}.html").origin.name
    assert not any(
        ".venv" in get_template(f"account/{name}.html").origin.name for name in ("login", "account_inactive")
    )


def test_a_password_reset_link_that_is_nonsense_is_a_kind_page(client):
    answer = client.get(reverse("account_reset_password_from_key", args=["zz", "nonsense"]))

    assert answer.status_code == 200
    assert ours(answer)
    assert "no longer works" in answer.content.decode()
