"""A member's e-mail address, and the confirmation of another one."""

from typing import Any

from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from community.members.actions import change_address, verify_address
from community.members.actions.accounts import AddressTaken
from community.members.forms.account import ChangeAddressForm
from community.members.keys import address_id_of
from community.members.queries.accounts import waiting_address, waiting_address_of


@method_decorator(
    [login_required, rate_limit(action="manage_email"), sensitive_post_parameters("oldpassword"), never_cache],
    name="dispatch",
)
class ChangeAddress(FormView):
    template_name = "account/email.html"
    form_class = ChangeAddressForm
    success_url = reverse_lazy("account_email")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "member": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        new = waiting_address_of(self.get_form_kwargs()["member"])
        return super().get_context_data(new_address=new, demonstration=settings.DEMONSTRATION, **kwargs)

    def form_valid(self, form: ChangeAddressForm) -> HttpResponse:
        change_address(form.member, email=form.cleaned_data["email"])
        return super().form_valid(form)


change = ChangeAddress.as_view()


@never_cache
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """GET shows a button: programs that look into mails follow links."""
    address = waiting_address(address_id_of(key))
    if address is None:
        return render(request, "account/link_spent.html", status=404)
    if request.method != "POST":
        return render(request, "account/email_confirm.html", {"address": address})
    try:
        verify_address(address)
    except AddressTaken:
        return render(request, "account/link_spent.html", status=404)
    messages.success(request, pgettext("new address", "Your new address is confirmed."))
    return redirect("account_email" if request.user.is_authenticated else "account_login")
