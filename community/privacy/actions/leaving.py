"""Leaving: asked for, thought again, carried out."""

from django.utils import timezone

from community.facts.actions import action, record
from community.mail.actions import write_mail
from community.mail.links import absolute
from community.members.actions import close_account, reopen_account
from community.members.actions.forgetting import end_sessions
from community.members.models import Member
from community.members.rulings import insist
from community.personal.ports import Person
from community.personal.rows import erase_rows
from community.privacy.actions.archives import forget_file
from community.privacy.facts import DepartureDue, MemberErased
from community.privacy.keys import GRACE, stay_key
from community.privacy.models import Archive, Departure
from community.privacy.queries import person_of
from community.privacy.rules import can_leave


@action
def ask_to_leave(member: Member) -> Departure:
    """Close the account at once, and erase it after the days of grace. A mail holds the way back.

    Raises: NotAllowed. Records: MemberClosedOut; DepartureDue, for then.
    """
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
def stay_after_all(departure: Departure) -> None:
    """The inverse of `ask_to_leave`, once. Records: MemberLetBackIn."""
    count, _ = Departure.objects.filter(pk=departure.pk).delete()
    if count:
        reopen_account(departure.member)


@action
def erase_member(member: Member) -> None:
    """All that every room holds of her goes, or stays without her, as it has declared. There is no way back.

    Records: MemberErased on `site` and `access`: every page is made anew.
    """
    erase_rows(person_of(member))
    record(MemberErased(member.pk), streams=["access", "site", f"member:{member.pk}"])


def forget_archives(person: Person) -> None:
    """Her archives' rows and files."""
    archives = Archive.objects.filter(member_id=person.id)
    for archive in archives:
        forget_file(archive.path)
    archives.delete()
