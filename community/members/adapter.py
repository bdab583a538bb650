"""Sign-in in the manner of the house, where allauth asks for it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import pgettext_lazy

from community.members.actions.accounts import tell_of_sign_out
from community.members.actions.places import forget_place, note_place
from community.members.models import Member
from community.members.visits import use_of

LANGUAGE_COOKIE_SECONDS = 365 * 24 * 60 * 60


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in, sign-out and what they say. Mails do not go this way: actions write them."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": pgettext_lazy(
            "sign-in",
            "That e-mail address and password do not match. Please check both. If you have just joined, first open the "
            "link in the mail that we sent you.",
        ),
        "too_many_login_attempts": pgettext_lazy(
            "sign-in", "Too many tries in a row. Please wait a few minutes, or choose a new password."
        ),
        "invalid_password_reset": pgettext_lazy("new password", "This link no longer works."),
        "account_inactive": pgettext_lazy("sign-in", "This account is closed."),
    }

    def is_safe_url(self, url: str | None) -> bool:
        """Within the site, and by path only: an absolute address is refused even where its host is ours."""
        return bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def login(self, request: HttpRequest, user: Member) -> None:
        self.request.is_first_sign_in = user.last_login is None and not user.is_demonstration
        super().login(request, user)
        if request.session.session_key is None:  # another's session went before this one
            request.session.create()
        note_place(use_of(request, str(request.session.session_key), user.pk))

    def get_reauthentication_methods(self, user: Member) -> list[dict[str, Any]]:
        """One page for all of them."""
        return [{"id": "reauthenticate", "description": "", "url": reverse("account_reauthenticate")}]

    def post_login(self, request: HttpRequest, user: Member, **options: Any) -> HttpResponse:
        """The first sign-in leads to the profile, and from there on; the language cookie becomes the member's."""
        if getattr(self.request, "is_first_sign_in", False):
            on = options["redirect_url"]
            query = f"?{urlencode({'next': on})}" if on else ""
            options["redirect_url"] = reverse("members:profile") + query
        response: HttpResponse = super().post_login(request, user, **options)
        remember_language(response, user.language)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Her session is over, also for the sockets that were opened with it."""
        member_id, key = request.user.pk, request.session.session_key
        super().logout(request)
        if member_id is not None:
            tell_of_sign_out(member_id)
            forget_place(key or "")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page that follows says it."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        raise NotImplementedError(f"{template_prefix}: mails are written by actions")


def remember_language(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=LANGUAGE_COOKIE_SECONDS,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
        httponly=True,
    )
