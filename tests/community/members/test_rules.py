import pytest
from django.contrib.auth.models import AnonymousUser

from community.facts.models import StreamEntry
from community.members.actions import change_profile, change_roles, close_account, let_back_in, suspend
from community.members.choices import Role
from community.members.models import Member
from community.members.rules import can_change_roles, can_see_member, has_role, is_moderator, visible_members
from community.members.rulings import NotAllowed
from community.moderation.rules import can_sanction
from community.privacy.rules import can_leave
from tests.factories.members import (
    make_administrator,
    make_circle,
    make_editor,
    make_member,
    make_moderator,
    make_organiser,
)

pytestmark = pytest.mark.django_db


def everybody():
    return {
        "guest": AnonymousUser(),
        "member": make_member("Ana"),
        "organiser": make_organiser(),
        "moderator": make_moderator(),
        "editor": make_editor(),
        "administrator": make_administrator(),
        "suspended": make_member("Fay", is_active=False, is_moderator=True, is_administrator=True),
    }


def test_each_role_is_had_by_those_who_were_given_it():
    cast = everybody()

    having = {role.value: [who for who, viewer in cast.items() if has_role(viewer, role)] for role in Role}

    assert having == {
        "moderator": ["moderator"],
        "organiser": ["organiser"],
        "editor": ["editor"],
        "administrator": ["administrator"],
    }
    assert [who for who, viewer in cast.items() if is_moderator(viewer)] == ["moderator", "administrator"]
    assert [who for who, viewer in cast.items() if can_change_roles(viewer)] == ["administrator"]


def test_the_rule_who_is_seen_and_its_queryset_agree_for_everybody():
    cast = everybody()

    for viewer in cast.values():
        seen = set(visible_members(viewer))
        assert seen == {member for member in Member.objects.all() if can_see_member(viewer, member)}
        assert cast["suspended"] not in seen and cast["member"] in seen


def test_an_administrator_gives_and_takes_roles_and_access_is_told():
    ana, eve = make_member("Ana"), make_administrator()

    change_roles(ana, roles=[Role.MODERATOR, Role.EDITOR], by=eve)
    changed = change_roles(ana, roles=[Role.EDITOR], by=eve)

    assert changed.roles == {Role.EDITOR}
    assert changed.version == 3
    assert StreamEntry.objects.filter(stream="access").count() == 2
    assert StreamEntry.objects.filter(stream=f"member:{ana.pk}").count() == 2


def test_nobody_else_gives_roles_not_even_to_herself():
    dee = make_moderator()

    with pytest.raises(NotAllowed) as refusal:
        change_roles(dee, roles=list(Role), by=dee)

    assert "Only administrators" in str(refusal.value.reason)
    dee.refresh_from_db()
    assert dee.roles == {Role.MODERATOR}


def test_an_administrator_suspends_and_lets_back_in_but_never_herself():
    ana, eve = make_member("Ana"), make_administrator()

    gone = suspend(ana, by=eve).is_active
    back = let_back_in(ana, by=eve).is_active

    assert (gone, back) == (False, True)
    with pytest.raises(NotAllowed):
        suspend(eve, by=eve)
    with pytest.raises(NotAllowed):
        suspend(ana, by=make_moderator())


def test_nobody_writes_another_members_profile():
    ana, dee = make_member("Ana"), make_moderator()
    fields = {"position": "", "city": None, "organisation": "", "reads": [], "language": "en", "timezone": "UTC"}

    with pytest.raises(NotAllowed):
        change_profile(ana, by=dee, name="Evil", themes=[], tags=[], about="", **fields)


def test_a_circle_has_the_people_it_was_given():
    ana = make_member("Ana")

    assert list(make_circle("coastal", ana).people.all()) == [ana]


@pytest.mark.parametrize("asked_of", ["none", "staff"])
def test_the_last_administrator_stays_one_also_while_her_role_sleeps(settings, asked_of):
    eve, eva = make_administrator(), make_administrator("Eva")
    make_administrator("Gone", is_active=False)
    change_roles(eva, roles=[], by=eve)
    settings.SECOND_FACTOR_FOR = asked_of

    with pytest.raises(NotAllowed):
        close_account(eve)
    assert not can_leave(eve)
    settings.SECOND_FACTOR_FOR = "none"
    with pytest.raises(NotAllowed):
        change_roles(eve, roles=[Role.EDITOR], by=eve)

    assert Member.objects.get(pk=eve.pk).roles == {Role.ADMINISTRATOR}


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_go_at_once_one_stays(together):
    eve, eva = make_administrator(), make_administrator("Eva")

    raised = together(lambda: close_account(eve), lambda: change_roles(eva, roles=[], by=eva))

    assert [type(error) for error in raised] == [NotAllowed]
    assert Member.objects.filter(is_administrator=True, is_active=True).count() == 1


def test_who_decides_about_moderators_asks_for_the_role_and_not_whether_it_sleeps(settings):
    settings.SECOND_FACTOR_FOR = "staff"
    dee, dora = make_moderator(has_second_factor=True), make_moderator("Dora")

    assert not can_sanction(dee, dora)
    assert can_sanction(dee, make_member("Ana"))
