"""A forgotten password, and a changed one."""

from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.account.views import PasswordResetFromKeyView
from allauth.core.ratelimit import consume_or_429
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from community.members.actions import ask_for_new_password, change_password
from community.members.actions.accounts import ChangedMeanwhile
from community.members.actions.places import follow_place
from community.members.forms.account import ChangePasswordForm, ForgottenForm, NewPasswordForm
from i18n.languages import DEFAULT


@method_decorator([login_not_required, never_cache], name="dispatch")
class Forgotten(FormView):
    template_name = "account/password_reset.html"
    form_class = ForgottenForm

    def form_valid(self, form: ForgottenForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        if too_often := consume_or_429(self.request, action="reset_password", key=email):
            return too_often  # type: ignore[no-any-return]
        ask_for_new_password(email=email, language=get_language() or DEFAULT)
        return redirect("account_reset_password_done")


forgotten = Forgotten.as_view()


@never_cache
def mail_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "account/password_reset_done.html", {"demonstration": settings.DEMONSTRATION})


class ChooseNewPassword(PasswordResetFromKeyView):
    """allauth's: the key moves from the address into the session, so no Referer carries it."""

    form_class = NewPasswordForm

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        try:
            change_password(self.reset_user, password=form.hashed)
        except ChangedMeanwhile:
            return render(self.request, self.template_name, {"token_fail": True})
        messages.success(self.request, pgettext("new password", "Your new password is set. Sign in with it."))
        return redirect("account_login")


choose_new_password = never_cache(ChooseNewPassword.as_view())


@method_decorator(
    [
        login_required,
        rate_limit(action="change_password"),
        sensitive_post_parameters("oldpassword", "password1"),
        never_cache,
    ],
    name="dispatch",
)
class ChangePassword(FormView):
    template_name = "account/password_change.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("account_change_password")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "member": self.request.user}

    def form_valid(self, form: ChangePasswordForm) -> HttpResponse:
        here = self.request.session.session_key or ""
        change_password(form.member, password=form.hashed, here=here)
        update_session_auth_hash(self.request, form.member)  # this device stays signed in
        follow_place(here, self.request.session.session_key or "")
        messages.success(
            self.request, pgettext("new password", "Your password is changed. Every other device is signed out.")
        )
        return super().form_valid(form)


change = ChangePassword.as_view()
