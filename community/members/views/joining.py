"""Signing up: ask, confirm the address, be in."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from community.limits import allow
from community.members.actions import ask_to_join, confirm_request
from community.members.actions.accounts import AddressTaken
from community.members.forms.account import JoinForm
from community.members.keeping import ASKED_TO_JOIN, too_often
from community.members.keys import request_id_of
from community.members.models import Member
from community.members.queries.accounts import MAILS_AN_HOUR, wish_to_join
from i18n.languages import DEFAULT


@method_decorator([rate_limit(action="signup"), sensitive_post_parameters("password1"), never_cache], name="dispatch")
class Join(FormView):
    template_name = "account/signup.html"
    form_class = JoinForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return redirect("home") if request.user.is_authenticated else super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(next=safe_next(self.request), **kwargs)

    def form_valid(self, form: JoinForm) -> HttpResponse:
        given = form.cleaned_data
        if not allow(f"join:{given['email']}", times=MAILS_AN_HOUR, seconds=3600):
            return too_often(self.request)
        asked = ask_to_join(
            email=given["email"],
            name=given["name"],
            password=form.hashed,
            language=get_language() or DEFAULT,
            zone=given["timezone"],
        )
        self.request.session[ASKED_TO_JOIN] = {"request": asked.pk, "next": safe_next(self.request)}
        return redirect("account_email_verification_sent")


join = Join.as_view()


@never_cache
def look_into_your_mail(request: HttpRequest) -> HttpResponse:
    return render(request, "account/verification_sent.html", {"demonstration": settings.DEMONSTRATION})


@never_cache
def confirm_to_join(request: HttpRequest, key: str) -> HttpResponse:
    """GET shows a button: programs that look into mails follow links, and shall not open accounts."""
    wish = wish_to_join(request_id_of(key))
    if wish is None or request.user.is_authenticated:
        return render(request, "account/link_spent.html", status=404 if wish is None else 200)
    if request.method != "POST":
        return render(request, "account/confirm_to_join.html", {"wish": wish})
    asked = request.session.pop(ASKED_TO_JOIN, None) or {}
    is_who_asked = asked.get("request") == wish.pk
    try:
        member = confirm_request(wish, with_provider=is_who_asked)
    except AddressTaken:
        return render(request, "account/link_spent.html", status=404)
    return _welcome(request, member, next_page=asked.get("next") or "", is_who_asked=is_who_asked)


def _welcome(request: HttpRequest, member: Member, *, next_page: str, is_who_asked: bool) -> HttpResponse:
    """In the browser that asked she is signed in; elsewhere the link alone shall not be enough."""
    if not is_who_asked:
        messages.success(request, pgettext("sign-up", "Your e-mail address is confirmed. You can sign in now."))
        return redirect("account_login")
    login = Login(user=member, email=member.email, redirect_url=next_page or None)
    response: HttpResponse = perform_login(request, login)
    return response


def safe_next(request: HttpRequest) -> str:
    """Where to go afterwards, within the site; empty if not said."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if get_adapter().is_safe_url(wanted) else ""
