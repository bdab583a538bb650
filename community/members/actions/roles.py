"""What a member may do, changed by administrators."""

from collections.abc import Iterable

from community.facts.actions import action, record
from community.members.choices import Role
from community.members.facts import MemberClosedOut, MemberLetBackIn, MemberRolesChanged
from community.members.models import Member
from community.members.rules import can_change_roles, can_suspend
from community.members.rulings import insist


@action
def change_roles(member: Member, *, roles: Iterable[Role], by: Member) -> Member:
    """Give a member exactly these roles. Records MemberRolesChanged on `access`: who may see what is asked again."""
    insist(can_change_roles(by))
    given = set(roles)
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    for role in Role:
        setattr(member, f"is_{role.value}", role in given)
    member.version += 1
    member.save(update_fields=[*(f"is_{role.value}" for role in Role), "version"])
    record(MemberRolesChanged(member.pk), streams=["access", f"member:{member.pk}"], actor_id=by.pk)
    return member


@action
def suspend(member: Member, *, by: Member) -> Member:
    """Close a member out: she is not shown, and may not sign in. Undone by `let_back_in`."""
    insist(can_suspend(by, member))
    return _set_active(member, active=False, fact=MemberClosedOut(member.pk), by=by)


@action
def let_back_in(member: Member, *, by: Member) -> Member:
    """The inverse of `suspend`."""
    insist(can_suspend(by, member))
    return _set_active(member, active=True, fact=MemberLetBackIn(member.pk), by=by)


@action
def close_account(member: Member) -> Member:
    """As a suspension, by her own wish. Undone by `reopen_account`."""
    return _set_active(member, active=False, fact=MemberClosedOut(member.pk), by=member)


@action
def reopen_account(member: Member) -> Member:
    """The inverse of `close_account`."""
    return _set_active(member, active=True, fact=MemberLetBackIn(member.pk), by=member)


def _set_active(member: Member, *, active: bool, fact: object, by: Member) -> Member:
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    member.is_active = active
    member.version += 1
    member.save(update_fields=["is_active", "version"])
    record(fact, streams=["access", "site", f"member:{member.pk}"], actor_id=by.pk)
    return member
