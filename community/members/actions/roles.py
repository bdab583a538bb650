"""What a member may do, changed by administrators."""

from collections.abc import Iterable

from django.db.models import Q

from community.facts.actions import action, record
from community.members.choices import Role
from community.members.facts import MemberClosedOut, MemberLetBackIn, MemberRolesChanged
from community.members.models import Member
from community.members.rules import can_be_spared, can_change_roles, can_suspend
from community.members.rulings import insist


@action
def change_roles(member: Member, *, roles: Iterable[Role], by: Member) -> Member:
    """Give a member exactly these roles. Raises: NotAllowed, also where the last administrator would go.

    Records MemberRolesChanged on `access`: who may see what is asked again.
    """
    insist(can_change_roles(by))
    given = set(roles)
    member = _held(member)
    if Role.ADMINISTRATOR not in given:
        insist(can_be_spared(member))
    for role in Role:
        setattr(member, f"is_{role.value}", role in given)
    member.version += 1
    member.save(update_fields=[*(f"is_{role.value}" for role in Role), "version"])
    record(MemberRolesChanged(member.pk), streams=["access", f"member:{member.pk}"], actor_id=by.pk)
    return member


@action
def suspend(member: Member, *, by: Member) -> Member:
    """Close a member out: she is not shown, and may not sign in. Undone by `let_back_in`. Records: MemberClosedOut."""
    insist(can_suspend(by, member))
    return _stand(member, by=by, is_suspended=True)


@action
def let_back_in(member: Member, *, by: Member) -> Member:
    """The inverse of `suspend`. Whoever leaves by her own wish goes on leaving. Records: MemberLetBackIn."""
    insist(can_suspend(by, member))
    return _stand(member, by=by, is_suspended=False)


@action
def close_account(member: Member) -> Member:
    """She leaves by her own wish: not shown either. Undone by `reopen_account`. Records: MemberClosedOut.

    Raises: NotAllowed for the last administrator.
    """
    return _stand(member, by=member, is_leaving=True)


@action
def reopen_account(member: Member) -> Member:
    """The inverse of `close_account`. A suspension stands. Records: MemberLetBackIn."""
    return _stand(member, by=member, is_leaving=False)


def _held(member: Member) -> Member:
    """With all administrators: of two who go at once, the second finds out that she is the last."""
    held = Member.objects.select_for_update(no_key=True).filter(Q(pk=member.pk) | Q(is_administrator=True))
    return next(each for each in held.order_by("pk") if each.pk == member.pk)


def _stand(member: Member, *, by: Member, **changed: bool) -> Member:
    """She is active where she is neither suspended nor leaves; it is told where that has changed."""
    member = _held(member)
    if any(changed.values()):
        insist(can_be_spared(member))
    was_active = member.is_active
    for name, value in changed.items():
        setattr(member, name, value)
    member.is_active = not (member.is_suspended or member.is_leaving)
    member.version += 1
    member.save(update_fields=[*changed, "is_active", "version"])
    if member.is_active != was_active:
        fact = MemberLetBackIn(member.pk) if member.is_active else MemberClosedOut(member.pk)
        record(fact, streams=["access", "site", f"member:{member.pk}"], actor_id=by.pk)
    return member
