"""An address is hers once she has confirmed it: by typing another's she neither takes nor erases what is another's."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.test import Client

from community.coalition.models import Wish
from community.mail.actions import write_mail
from community.mail.models import Mail
from community.members.actions import change_address, verify_address
from community.members.actions.forgetting import end_sessions
from community.members.actions.places import Use, note_place
from community.members.choices import Asked
from community.members.models import AccountRequest, Member, SignedInPlace
from community.personal.ports import HOLDINGS
from community.personal.rows import rows_of
from community.privacy.actions import erase_member
from community.privacy.queries import person_of
from tests.factories.members import make_administrator, make_member
from tests.factories.wishes import make_wish

pytestmark = pytest.mark.django_db(transaction=True)

BY_ADDRESS = {Mail: "to", AccountRequest: "email", Wish: "email"}
THEIRS = "cai@cities.example"


def come_by_address(email: str) -> None:
    """A row of each kind that is known by its address alone."""
    write_mail(to=email, language="en", kind="already_a_member", context={"link": "/"})
    AccountRequest.objects.create(kind=Asked.NEW_PASSWORD, email=email, language="en")
    make_wish(email=email)


def given_to(member: Member) -> dict[str, set[str]]:
    """What of those rows stands in her archive, by their addresses."""
    person = person_of(member)
    return {
        model.__name__: {row[column] for row in rows_of(HOLDINGS[model._meta.label], person)}
        for model, column in BY_ADDRESS.items()
    }


def left_for(email: str) -> dict[str, int]:
    return {model.__name__: model.objects.filter(**{column: email}).count() for model, column in BY_ADDRESS.items()}


def test_an_address_that_she_only_typed_opens_nothing_of_its_owners():
    ana = make_member("Ana")
    make_member("Cai", email=THEIRS)
    come_by_address(THEIRS)
    before = left_for(THEIRS)
    change_address(ana, email=THEIRS)
    to_confirm = Mail.objects.get(member_id=ana.pk)

    assert given_to(ana) == {"Mail": {THEIRS}, "AccountRequest": set(), "Wish": set()}
    assert [row["id"] for row in rows_of(HOLDINGS["mail.Mail"], person_of(ana))] == [to_confirm.pk]
    erase_member(ana)

    assert left_for(THEIRS) == before
    assert not Mail.objects.filter(pk=to_confirm.pk).exists()


def test_what_came_to_an_address_of_hers_before_another_one_stays_hers():
    ana = make_member("Ana", email="old@cities.example")
    come_by_address("old@cities.example")
    verify_address(change_address(ana, email="new@cities.example"))
    ana.refresh_from_db()

    assert {address for found in given_to(ana).values() for address in found} >= {"old@cities.example"}
    erase_member(ana)

    assert left_for("old@cities.example") == {"Mail": 0, "AccountRequest": 0, "Wish": 0}


def test_an_address_that_went_on_to_another_member_is_the_others():
    ana, cai = make_member("Ana", email="desk@cities.example"), make_member("Cai")
    verify_address(change_address(ana, email="new@cities.example"))
    verify_address(change_address(cai, email="desk@cities.example"))
    ana.refresh_from_db(), cai.refresh_from_db()
    come_by_address("desk@cities.example")
    told_of_its_successor = Mail.objects.get(kind="address_changed", member_id=ana.pk)

    assert {row["id"] for row in rows_of(HOLDINGS["mail.Mail"], person_of(cai))}.isdisjoint({told_of_its_successor.pk})
    assert given_to(ana)["Wish"] == set() and given_to(cai)["Wish"] == {"desk@cities.example"}
    erase_member(ana)

    assert left_for("desk@cities.example")["Wish"] == left_for("desk@cities.example")["AccountRequest"] == 1
    assert Mail.objects.filter(to="desk@cities.example", kind="already_a_member").exists()
    assert not Mail.objects.filter(pk=told_of_its_successor.pk).exists()


def test_of_all_sessions_hers_alone_end_and_none_is_read(django_assert_max_num_queries):
    ana, cai = make_member("Ana"), make_member("Cai")
    keys = {}
    for member in (ana, cai):
        browser = Client()
        browser.force_login(member)
        keys[member] = str(browser.session.session_key)
        note_place(Use(session_key=keys[member], member_id=member.pk, agent="", address="192.0.2.1"))
    Session.objects.filter(pk=keys[cai]).update(session_data="nobody can read this")

    with django_assert_max_num_queries(7):
        end_sessions(person_of(ana))

    assert set(Session.objects.values_list("pk", flat=True)) == {keys[cai]}
    assert list(SignedInPlace.objects.values_list("member__handle", flat=True)) == ["cai"]


def test_entries_of_the_admins_log_about_a_namesake_stay():
    ana = make_member("Ana")
    eve = make_administrator()
    kind = ContentType.objects.get_for_model(Member)
    for called in ("ana", "mariana", "ana@cities.example", "mariana@cities.example"):
        LogEntry.objects.create(user=eve, content_type=kind, object_id="0", object_repr=called, action_flag=CHANGE)

    erase_member(ana)

    assert sorted(LogEntry.objects.values_list("object_repr", flat=True)) == [
        "", "", "mariana", "mariana@cities.example"
    ]  # fmt: skip


def test_a_wish_that_a_member_made_is_hers_whatever_address_she_gave():
    ana, cai = make_member("Ana"), make_member("Cai")
    make_wish(member=cai, email=ana.email)

    assert given_to(ana)["Wish"] == set() and given_to(cai)["Wish"] == {ana.email}
