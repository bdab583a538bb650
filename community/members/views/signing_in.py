"""Signing in, with allauth's limits and stages."""

from typing import Any

from allauth.account.views import LoginView

from community.members.demonstration import PASSWORD, demonstration_accounts
from community.members.forms.account import SignInForm


class SignIn(LoginView):
    form_class = SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "accounts": demonstration_accounts(), "demonstration_password": PASSWORD}


sign_in = SignIn.as_view()
