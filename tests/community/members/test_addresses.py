import re

import pytest
from django.core import mail as outbox
from django.urls import reverse

from community.mail.models import Mail
from tests.factories.deliveries import deliver_all
from tests.factories.members import PASSWORD, make_member

pytestmark = pytest.mark.django_db
WANTED = "ana@elsewhere.example"


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def ana(client):
    member = make_member("Ana", password=PASSWORD)
    client.force_login(member)
    return member


def change(client, email=WANTED, password=PASSWORD):
    return client.post(reverse("account_email"), {"email": email, "oldpassword": password})


def link_in_last_mail():
    deliver_all()
    return re.search(r"http://localhost:8000(/\S+)", outbox.outbox[-1].body).group(1)


def test_a_new_address_is_used_once_it_is_confirmed_and_the_old_one_is_told(client, ana):
    change(client)
    link = link_in_last_mail()
    client.get(link)
    ana.refresh_from_db()
    before = ana.email

    client.post(link)
    deliver_all()

    ana.refresh_from_db()
    assert (before, ana.email) == ("ana@cities.example", WANTED)
    assert [(mail.kind, mail.to) for mail in Mail.objects.order_by("pk")] == [
        ("confirm_address", WANTED),
        ("address_changed", "ana@cities.example"),
    ]
    assert client.post("/account/login/", {"login": "ana@cities.example", "password": PASSWORD}).status_code == 302
    client.logout()
    assert client.post("/account/login/", {"login": "ana@cities.example", "password": PASSWORD}).status_code == 200
    assert client.post("/account/login/", {"login": WANTED, "password": PASSWORD}).status_code == 302


def test_the_page_does_not_tell_that_another_account_has_the_address(client, ana):
    bo = make_member("Bo", email=WANTED)

    answer = change(client)
    spent = client.post(link_in_last_mail())

    assert answer.status_code == 302
    assert spent.status_code == 404
    ana.refresh_from_db()
    bo.refresh_from_db()
    assert (ana.email, bo.email) == ("ana@cities.example", WANTED)


@pytest.mark.parametrize(
    ("email", "password"), [(WANTED, "not it"), ("nonsense", PASSWORD), ("Ana@cities.example", PASSWORD)]
)
def test_an_address_changes_only_with_the_password_and_to_another_whole_address(client, ana, email, password):
    assert change(client, email, password).status_code == 200
    assert not Mail.objects.exists()


def test_one_address_waits_at_a_time(client, ana):
    change(client, "first@elsewhere.example")
    first = link_in_last_mail()
    change(client)

    assert client.post(first).status_code == 404
