"""Signing in, with allauth's limits and stages."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import LoginView
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from community.members.actions.factors import note_passkey_used
from community.members.demonstration import PASSWORD, demonstration_accounts
from community.members.forms.account import SignInForm
from community.members.forms.protecting import answer_of
from community.members.passkeys import WrongPasskey, ask_for_known, passkey_that_answered, passkeys_work
from community.members.views.joining import safe_next


class SignIn(LoginView):
    form_class = SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "accounts": demonstration_accounts(),
            "demonstration_password": PASSWORD,
            "provider": settings.OIDC_NAME,
            "passkeys": passkeys_work(self.request),
        }


sign_in = SignIn.as_view()


@never_cache
@require_POST
@rate_limit(action="login")
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What to ask the browser. The same whatever address was typed: the passkey says whose it is."""
    if not passkeys_work(request):
        raise Http404
    return JsonResponse(ask_for_known(request))


@never_cache
@require_POST
@rate_limit(action="login")
@sensitive_post_parameters("credential")
def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey that checked its user (PIN, finger, face) is both steps in one."""
    next_page = safe_next(request)
    try:
        passkey = passkey_that_answered(request, answer_of(request.POST.get("credential", "")))
    except WrongPasskey:
        messages.error(request, pgettext("sign-in", "This passkey did not work here. Please sign in another way."))
        query = f"?{urlencode({'next': next_page})}" if next_page else ""
        return redirect(reverse("account_login") + query)
    note_passkey_used(passkey)
    record_authentication(request, passkey.user, "mfa", id=passkey.pk, type=passkey.type, passwordless=True)
    response: HttpResponse = perform_login(request, Login(user=passkey.user, redirect_url=next_page or None))
    return response
