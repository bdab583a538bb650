import re

import pytest
from django.core import mail as outbox
from django.urls import reverse

from community.mail.models import Mail
from community.members.actions import change_password
from community.members.actions.accounts import ChangedMeanwhile
from community.members.models import AccountRequest, Member
from tests.factories.deliveries import deliver_all
from tests.factories.members import PASSWORD, make_member

pytestmark = pytest.mark.django_db
NEW = "quite another sentence"


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


def ask(client, email="ana@cities.example"):
    return client.post("/account/password/reset/", {"email": email})


def link_in_last_mail():
    deliver_all()
    return re.search(r"http://localhost:8000(/\S+)", outbox.outbox[-1].body).group(1)


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client):
    ana = make_member("Ana", password=PASSWORD, language="es")
    ask(client)
    link = link_in_last_mail()

    form_address = client.get(link).url
    set_answer = client.post(form_address, {"password1": NEW})
    again = client.get(link)

    assert link.startswith("/es/account/password/reset/key/")
    assert set_answer.url == "/es/account/login/"
    ana.refresh_from_db()
    assert ana.check_password(NEW)
    assert again.status_code == 200 and "password1" not in again.content.decode()
    assert [mail.kind for mail in Mail.objects.order_by("pk")] == ["reset_password", "password_changed"]
    assert not AccountRequest.objects.exists()


def test_the_key_does_not_stay_in_the_address(client):
    make_member("Ana", password=PASSWORD)
    ask(client)

    assert client.get(link_in_last_mail()).url.endswith("-set-password/")


def test_a_link_is_too_old_after_an_hour(client, time_machine):
    make_member("Ana", password=PASSWORD)
    time_machine.move_to("2026-11-26T10:00:00Z")
    ask(client)
    link = link_in_last_mail()
    time_machine.move_to("2026-11-26T11:00:02Z")

    assert "no longer works" in client.get(link).content.decode()


def test_of_two_who_use_one_link_at_once_one_wins():
    ana = make_member("Ana", password=PASSWORD)
    seen_by_one, seen_by_other = Member.objects.get(pk=ana.pk), Member.objects.get(pk=ana.pk)
    change_password(seen_by_one, password="hash one")

    with pytest.raises(ChangedMeanwhile):
        change_password(seen_by_other, password="hash two")

    ana.refresh_from_db()
    assert ana.password == "hash one"


def test_an_address_without_account_hears_that_it_has_none(client):
    ask(client, email="nobody@cities.example")

    link = link_in_last_mail()

    assert Mail.objects.get().kind == "no_account"
    assert link == "/account/signup/"


def test_a_suspended_member_gets_no_link(client):
    make_member("Ana", is_active=False)

    ask(client)
    deliver_all()

    assert Mail.objects.get().kind == "no_account"


def test_changing_the_password_keeps_this_device_and_ends_the_others(client):
    ana = make_member("Ana", password=PASSWORD)
    other = type(client)()
    client.force_login(ana)
    other.force_login(ana)

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW})

    assert client.get(reverse("members:profile")).status_code == 200
    assert other.get(reverse("members:profile")).status_code == 302
    assert Mail.objects.get().kind == "password_changed"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"oldpassword": "not it", "password1": NEW}, "oldpassword"),
        ({"oldpassword": PASSWORD, "password1": "short"}, "password1"),
    ],
)
def test_a_password_changes_only_with_the_present_one_and_to_a_good_one(client, fields, wrong):
    ana = make_member("Ana", password=PASSWORD)
    client.force_login(ana)

    answer = client.post(reverse("account_change_password"), fields)

    assert list(answer.context["form"].errors) == [wrong]
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)
