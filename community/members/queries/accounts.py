"""Accounts and what was asked about them."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils import timezone

from community.members.choices import Asked
from community.members.models import AccountRequest, Member

REQUEST_DAYS = 3  # so long may an address be confirmed
MAILS_AN_HOUR = 5  # to one address, of those who would join


def has_account(email: str) -> bool:
    """Never asked while a guest waits for an answer: the time it takes would tell."""
    confirmed = Q(emailaddress__email=email.lower(), emailaddress__verified=True)
    return Member.objects.filter(Q(email=email.lower()) | confirmed).exists()


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
