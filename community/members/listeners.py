"""Answers by mail what somebody not signed in asked for. Only here is looked up whether an address has an account."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str

from community.facts.listeners import listens
from community.facts.models import Fact
from community.mail.actions import write_mail
from community.mail.links import absolute
from community.members.actions import forget_old_requests
from community.members.choices import Asked
from community.members.facts import AccountAsked
from community.members.keys import join_key
from community.members.models import AccountRequest, Member


@listens(AccountAsked)
def answer_by_mail(fact: Fact) -> None:
    request = AccountRequest.objects.filter(pk=fact.ids["request_id"]).first()
    if request is None:
        return
    member = Member.objects.filter(email=request.email).first()
    if request.kind == Asked.TO_JOIN:
        _answer_who_would_join(request, member)
    else:
        _answer_who_forgot(request, member)
    forget_old_requests()


def _answer_who_would_join(request: AccountRequest, member: Member | None) -> None:
    if member is None:
        link = absolute("account_join", join_key(request.pk), language=request.language)
        write_mail(to=request.email, language=request.language, kind="confirm_sign_up", context={"link": link})
        return
    link = absolute("account_reset_password", language=member.language)
    write_mail(to=member.email, language=member.language, kind="already_a_member", context={"link": link})
    request.delete()


def _answer_who_forgot(request: AccountRequest, member: Member | None) -> None:
    if member is not None and member.is_active:
        key = default_token_generator.make_token(member)
        name = "account_reset_password_from_key"
        link = absolute(name, user_pk_to_url_str(member), key, language=member.language)
        context = {"link": link, "name": member.name}
        write_mail(to=member.email, language=member.language, kind="reset_password", context=context)
    else:
        link = absolute("account_signup", language=request.language)
        write_mail(to=request.email, language=request.language, kind="no_account", context={"link": link})
    request.delete()
