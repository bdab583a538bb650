"""Accounts: asked for, opened, and their addresses and passwords changed."""

import secrets
from datetime import timedelta
from itertools import count

from allauth.account.models import EmailAddress
from django.utils import timezone

from community.facts.actions import action, record
from community.mail.actions import claim_mails, write_mail
from community.mail.links import absolute
from community.members.actions.factors import connect_provider
from community.members.actions.places import end_other_places
from community.members.choices import Asked
from community.members.facts import AccountAsked, AddressChanged, MemberJoined, MemberSignedOut, PasswordChanged
from community.members.keys import address_key
from community.members.models import AccountRequest, FormerHandle, Member
from community.members.queries.accounts import REQUEST_DAYS, has_account
from community.members.rules import HANDLE_LETTERS
from community.text.slugs import slug_of


class AddressTaken(Exception):
    """An account has this address, confirmed."""


class ChangedMeanwhile(Exception):
    """The password is not what it was when this began."""


@action
def ask_to_join(
    *, email: str, name: str, password: str, language: str, zone: str, provider_uid: str = ""
) -> AccountRequest:
    """Store the wish for an account; it is opened when the address is confirmed. Records AccountAsked.

    Params: password, hashed already: hashing takes long, and nobody else writes meanwhile; provider_uid, of
    who comes by the OpenID Connect provider.
    """
    return _asked(
        AccountRequest(
            kind=Asked.TO_JOIN,
            email=email.lower(),
            name=name,
            password=password,
            language=language,
            timezone=zone,
            provider_uid=provider_uid,
        )
    )


@action
def ask_for_new_password(*, email: str, language: str) -> AccountRequest:
    """Store the wish for a new password. Records AccountAsked."""
    return _asked(AccountRequest(kind=Asked.NEW_PASSWORD, email=email.lower(), language=language))


def _asked(request: AccountRequest) -> AccountRequest:
    request.save()
    record(AccountAsked(request.pk))
    return request


@action
def confirm_request(request: AccountRequest, *, with_provider: bool = False) -> Member:
    """Open the account that was asked for, now that the address is confirmed; the request is gone with it.

    Params: with_provider, whether the browser that confirms is the one that asked: only then may the identity
    that asked sign in to it. (Else a stranger's would, in an account that somebody else confirmed.)
    Raises: AddressTaken where somebody was faster.
    """
    if has_account(request.email):
        raise AddressTaken
    member = open_account(
        email=request.email,
        name=request.name,
        password=request.password,
        language=request.language,
        zone=request.timezone,
    )
    if with_provider and request.provider_uid:
        connect_provider(member, uid=request.provider_uid)
    AccountRequest.objects.filter(kind=Asked.TO_JOIN, email=request.email).delete()
    return member


@action
def open_account(*, email: str, name: str, password: str, language: str, zone: str) -> Member:
    """A member with this address, confirmed. Records MemberJoined. Params: password, hashed."""
    member = Member(
        email=email.lower(),
        handle=free_handle(name),
        name=name,
        password=password,
        language=language,
        timezone=zone,
        reads=[language],
    )
    member.save()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    record(MemberJoined(member.pk), streams=["site"], actor_id=member.pk)
    return member


@action
def change_password(member: Member, *, password: str, here: str = "") -> None:
    """Set a password, hashed already, and tell the member by mail. Records PasswordChanged.

    Every session that stands on the old password ends with it. Params: here, the session that goes on.
    Raises: ChangedMeanwhile where it is another than `member` says: of two who use one link, one wins.
    """
    if not Member.objects.filter(pk=member.pk, password=member.password).update(password=password):
        raise ChangedMeanwhile
    member.password = password
    end_other_places(member, but=here)
    link = absolute("account_reset_password", language=member.language)
    context = {"link": link, "name": member.name}
    write_mail(to=member.email, language=member.language, kind="password_changed", context=context)
    record(PasswordChanged(member.pk), streams=["access", f"member:{member.pk}"], actor_id=member.pk)


@action
def tell_of_sign_out(member_id: int) -> None:
    """A session was ended. Records MemberSignedOut on `access`: sockets ask whether theirs still stands."""
    record(MemberSignedOut(member_id), streams=["access"], actor_id=member_id)


@action
def change_address(member: Member, *, email: str) -> EmailAddress:
    """Let an address wait for its confirmation, which a mail asks for. One waits at a time.

    Another account may have it: that is not looked up before somebody confirms, nor told to who does not.
    """
    EmailAddress.objects.filter(user=member, verified=False).delete()
    address: EmailAddress = EmailAddress.objects.create(user=member, email=email.lower(), verified=False, primary=False)
    link = absolute("account_confirm_email", address_key(address.pk), language=member.language)
    context = {"link": link}
    write_mail(to=address.email, member_id=member.pk, language=member.language, kind="confirm_address", context=context)
    return address


@action
def verify_address(address: EmailAddress) -> None:
    """The waiting address is the member's own from now on; the old one is told, and forgotten. Records AddressChanged.

    Raises: AddressTaken where another account has it.
    """
    member: Member = address.user
    if has_account(address.email):
        raise AddressTaken
    context = {"name": member.name}
    write_mail(to=member.email, language=member.language, kind="address_changed", context=context)
    claim_mails(member.pk, member.email)
    EmailAddress.objects.filter(user=member).exclude(pk=address.pk).delete()
    EmailAddress.objects.filter(pk=address.pk).update(verified=True, primary=True)
    member.email = address.email
    member.save(update_fields=["email"])
    record(AddressChanged(member.pk), streams=[f"member:{member.pk}"], actor_id=member.pk)


@action
def forget_old_requests() -> None:
    """Those that nobody confirmed in time: an address that came to us by another's hand does not stay."""
    AccountRequest.objects.filter(at__lt=timezone.now() - timedelta(days=REQUEST_DAYS)).delete()


def free_handle(name: str) -> str:
    """The name in Latin letters where it has any, with a number where another has it; else `member-4821`, which she
    may change."""
    wanted = slug_of(name, max_length=HANDLE_LETTERS)
    if wanted == "-":
        return _free_number()
    taken = {*_handles("handle__startswith", wanted)}
    if wanted not in taken:
        return wanted
    return next(handle for number in range(2, len(taken) + 3) if (handle := f"{wanted}-{number}") not in taken)


def _free_number() -> str:
    """By chance, so that it does not tell how many came before; longer where the short ones are taken."""
    for digits in count(4):
        handle = f"member-{secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1)}"
        if not _handles("handle", handle):
            return handle
    raise AssertionError("Numbers have no end.")


def _handles(lookup: str, value: str) -> list[str]:
    """Of all members, those they had before too."""
    now, former = (kind.objects.filter(**{lookup: value}) for kind in (Member, FormerHandle))
    return [*now.values_list("handle", flat=True), *former.values_list("handle", flat=True)]
