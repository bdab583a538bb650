"""Leaving: asked for, thought again, carried out."""

from django.db.models import Q
from django.utils import timezone

from community.facts.actions import action, record
from community.mail.actions import write_mail
from community.mail.links import absolute
from community.members.actions import close_account, reopen_account
from community.members.actions.forgetting import end_sessions
from community.members.models import Member
from community.members.rulings import insist
from community.personal.rows import erase_rows
from community.privacy.facts import DepartureDue, MemberErased
from community.privacy.keys import GRACE, stay_key
from community.privacy.models import Departure
from community.privacy.queries import person_of
from community.privacy.rules import can_leave


@action
def ask_to_leave(member: Member) -> Departure:
    """Close the account at once, and erase it after the days of grace. A mail holds the way back.

    Asked again, it is the same departure. Raises: NotAllowed. Records: MemberClosedOut; DepartureDue, for then.
    """
    _hold_with_administrators(member)
    if departure := Departure.objects.filter(member=member).first():
        return departure
    insist(can_leave(member))
    departure = Departure.objects.create(member=member, due_at=timezone.now() + GRACE)
    close_account(member)
    end_sessions(person_of(member))
    link = absolute("privacy:stay", stay_key(departure.pk), language=member.language)
    context = {"name": member.name, "link": link}
    write_mail(to=member.email, language=member.language, kind="leaving", context=context)
    record(DepartureDue(departure.pk), actor_id=member.pk, due_at=departure.due_at)
    return departure


@action
def stay_after_all(departure: Departure) -> Member | None:
    """The inverse of `ask_to_leave`, once: None afterwards, or too late. Records: MemberLetBackIn."""
    member = Member.objects.select_for_update(no_key=True).filter(pk=departure.member_id).first()
    count, _ = Departure.objects.filter(pk=departure.pk).delete()
    return reopen_account(member) if member and count else None


@action
def carry_out(departure: Departure) -> None:
    """Erase her whose days of grace are over, unless she has thought again meanwhile. Records: MemberErased."""
    member = Member.objects.select_for_update().filter(pk=departure.member_id).first()
    if member and Departure.objects.filter(pk=departure.pk, due_at__lte=timezone.now()).exists():
        erase_member(member)


@action
def erase_member(member: Member) -> None:
    """All that every room holds of her goes, or stays without her, as it has declared. There is no way back.

    Records: MemberErased on `site` and `access`: every page is made anew.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)  # nobody adds to her rows meanwhile
    erase_rows(person_of(member))
    record(MemberErased(member.pk), streams=["access", "site", f"member:{member.pk}"])


def _hold_with_administrators(member: Member) -> None:
    """Of two administrators who leave at once, the second finds that she is the only one."""
    held = Member.objects.select_for_update(no_key=True).filter(Q(pk=member.pk) | Q(is_administrator=True))
    list(held.order_by("pk").values_list("pk"))
