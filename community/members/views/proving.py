"""The second step of signing in, and the proof that it is still she before something that matters."""

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from community.limits import allow
from community.members.actions.factors import note_passkey_used, use_code
from community.members.forms.protecting import CodeForm, PresentPasswordForm, answer_of
from community.members.models import Member
from community.members.passkeys import WrongPasskey, ask_for_known, passkey_that_answered, passkeys_work
from community.members.proof import has_proved
from community.members.queries.protection import protection_of
from community.members.views.joining import safe_next

TRIES, IN_SECONDS = 5, 300  # for one account, whoever tries


@sensitive_post_parameters("code", "credential")
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")
def second_step(request: HttpRequest) -> HttpResponse:
    """Only after the right password, or an identity that the provider has proved."""
    stage: Any = request._login_stage  # type: ignore[attr-defined]
    member: Member = stage.login.user
    form, factor = _tried(request, member, CodeForm)
    if factor is not None:
        record_authentication(request, member, "mfa", id=factor.pk, type=factor.type)
        response: HttpResponse = stage.exit()
        return response
    return render(request, "account/second_step.html", _asked(request, member, form))


@never_cache
@login_required
@sensitive_post_parameters("password", "code", "credential")
def prove(request: HttpRequest) -> HttpResponse:
    """By password, code, passkey or provider; then on to what waited, with what was sent to it."""
    if request.method == "GET" and safe_next(request) and has_proved(request):
        return _on(request)  # back from her provider
    member = Member.objects.get(pk=request.user.pk or 0)
    by_password = "password" in request.POST
    form, factor = (None, None) if by_password else _tried(request, member, CodeForm)
    password_form = PresentPasswordForm(request.POST if by_password else None)
    if by_password and _is_password(password_form, member):
        record_authentication(request, member, "password", reauthenticated=True)
        return _on(request)
    if factor is not None:
        record_authentication(request, member, "mfa", id=factor.pk, type=factor.type, reauthenticated=True)
        return _on(request)
    context = _asked(request, member, form or CodeForm())
    return render(
        request, "account/reauthenticate.html", {**context, "password_form": password_form, "next": safe_next(request)}
    )


def _on(request: HttpRequest) -> HttpResponse:
    response: HttpResponse | None = resume_request(request)
    return response or redirect("members:security")


def _tried(request: HttpRequest, member: Member, kind: type[forms.Form]) -> tuple[forms.Form, Authenticator | None]:
    """The form to show again, and the factor that proved it, if one did."""
    if "credential" in request.POST:
        form = kind()
        return form, _passkey(request, member, form)
    if "code" not in request.POST:
        return kind(), None
    form = kind(request.POST)
    if not form.is_valid() or _too_often(form, member):
        return form, None
    factor = use_code(member, code=form.cleaned_data["code"])
    if factor is None:
        form.add_error("code", pgettext("second step", "This code is not right, or it was used already."))
    return form, factor


def _passkey(request: HttpRequest, member: Member, form: forms.Form) -> Authenticator | None:
    form.passkey_refused = True  # type: ignore[attr-defined]
    try:
        passkey = passkey_that_answered(request, answer_of(request.POST["credential"]), member)
    except WrongPasskey:
        return None
    note_passkey_used(passkey)
    return passkey


def _is_password(form: PresentPasswordForm, member: Member) -> bool:
    if not form.is_valid() or _too_often(form, member):
        return False
    if member.check_password(form.cleaned_data["password"]):
        return True
    form.add_error("password", pgettext("account form", "This is not your current password."))
    return False


def _too_often(form: forms.Form, member: Member) -> bool:
    if allow(f"prove:{member.pk}", times=TRIES, seconds=IN_SECONDS):
        return False
    form.add_error(None, pgettext("second step", "Too many tries in a row. Please wait five minutes."))
    return True


def _asked(request: HttpRequest, member: Member, form: forms.Form) -> dict[str, Any]:
    protection = protection_of(member)
    by_passkey = bool(protection.passkeys) and passkeys_work(request)
    return {
        "form": form,
        "protection": protection,
        "options": ask_for_known(request, member) if by_passkey else None,
        "provider": settings.OIDC_NAME if protection.is_connected else "",
        "passkey_refused": getattr(form, "passkey_refused", False),
    }
