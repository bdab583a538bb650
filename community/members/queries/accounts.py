"""Accounts and what was asked about them."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils import timezone

from community.mail.models import Mail
from community.members.choices import Asked
from community.members.models import AccountRequest, Member

REQUEST_DAYS = 3  # so long may an address be confirmed
MAILS_AN_HOUR = 5  # to one address, of those who would join


def has_account(email: str) -> bool:
    """Never asked while a guest waits for an answer: the time it takes would tell."""
    confirmed = Q(emailaddress__email=email.lower(), emailaddress__verified=True)
    return Member.objects.filter(Q(email=email.lower()) | confirmed).exists()


def present_addresses(member: Member) -> set[str]:
    """That she has confirmed and has now, in lower case. One query."""
    confirmed = EmailAddress.objects.filter(user=member, verified=True).values_list("email", flat=True)
    return {email.lower() for email in confirmed}


def confirmed_addresses(member: Member) -> set[str]:
    """Hers now and earlier, in lower case; of the earlier ones none that another member has confirmed since.

    That one was hers is known by the mail that told it of its successor: an address is confirmed before it has one.
    """
    told = Mail.objects.filter(member_id=member.pk, kind="address_changed").values_list("to", flat=True)
    former = {email.lower() for email in told}
    others = EmailAddress.objects.filter(email__in=former, verified=True).exclude(user=member)
    former -= {email.lower() for email in others.values_list("email", flat=True)}
    former -= set(Member.objects.filter(email__in=former).values_list("email", flat=True))
    return {member.email.lower(), *present_addresses(member), *former}


def wish_to_join(request_id: int | None) -> AccountRequest | None:
    oldest = timezone.now() - timedelta(days=REQUEST_DAYS)
    return AccountRequest.objects.filter(pk=request_id or 0, kind=Asked.TO_JOIN, at__gte=oldest).first()


def waiting_address(address_id: int | None) -> EmailAddress | None:
    waiting = EmailAddress.objects.filter(pk=address_id, verified=False, user__is_active=True)
    address: EmailAddress | None = waiting.select_related("user").first()
    return address


def waiting_address_of(member: Member) -> EmailAddress | None:
    address: EmailAddress | None = EmailAddress.objects.filter(user=member, verified=False).order_by("-pk").first()
    return address
