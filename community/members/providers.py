"""Signing in by the OpenID Connect provider that the configuration names.

An identity that is not connected to an account never finds one by its e-mail address: whoever has the account
connects it herself, signed in. A new one asks for an account as everybody does, and a mail decides.
"""

import hashlib
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import pgettext

from community.limits import allow
from community.mail.links import absolute
from community.members.actions import ask_to_join
from community.members.actions.factors import PROVIDER, ConnectedElsewhere, connect_provider
from community.members.keeping import ASKED_TO_JOIN
from community.members.models import Member
from community.members.proof import is_fresh
from community.members.queries.accounts import MAILS_AN_HOUR
from community.text.clean import clean_line
from community.text.unfit import UnfitText
from i18n.languages import DEFAULT, known

NO_PASSWORD = "!"  # noqa: S105 - no password has this hash
PROVE = "prove"  # the process in which she shows once more that it is she
SIGN_IN_ANEW = {"prompt": "login", "max_age": "0"}


class OpenIDConnect(OpenIDConnectOAuth2Adapter):
    """allauth's, with one address to come back to, whatever the language, and tokens whose signature is checked."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return absolute("openid_connect_callback", language=DEFAULT)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Its `claims` are not stored; who it is, is kept as a digest that no other issuer could make."""
        try:
            claims = self.read_claims(app, token, str(kwargs["response"].get("id_token") or ""))
        except (KeyError, TypeError, ValueError) as error:  # what it sent is not what it should be
            raise ProviderException from error
        uid = hashlib.sha256(f"{self.openid_config['issuer']} {claims['sub']}".encode()).hexdigest()
        login = self.get_provider().sociallogin_from_response(request, {"sub": uid})
        login.claims = claims
        return login

    def read_claims(self, app: Any, token: Any, id_token: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        told = self._fetch_user_info(token.token) if "userinfo_endpoint" in self.openid_config else {}
        if told.get("sub", claims["sub"]) != claims["sub"]:
            raise ProviderException("The provider speaks of two people.")
        return {**claims, **told}


class ProviderAdapter(DefaultSocialAccountAdapter):
    """What is written, actions write: allauth's flow ends here but for those whose identity is connected."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        with translation.override(language_of(sociallogin.state)):
            if sociallogin.state.get("process") == "connect":
                raise ImmediateHttpResponse(self.connect(request, sociallogin.account.uid))
            if sociallogin.state.get("process") == PROVE:
                raise ImmediateHttpResponse(self.prove(request, sociallogin))
            if not sociallogin.is_existing:
                raise ImmediateHttpResponse(self.ask(request, sociallogin, sociallogin.claims))

    def connect(self, request: HttpRequest, uid: str) -> HttpResponse:
        if not isinstance(request.user, Member):
            return redirect("account_login")
        try:
            connect_provider(request.user, uid=uid)
        except ConnectedElsewhere:
            messages.error(request, pgettext("OpenID Connect", "That identity is connected to another account."))
        return redirect("members:security")

    def prove(self, request: HttpRequest, sociallogin: Any) -> HttpResponse:
        """By the identity that is connected to her account, signed in anew: on to what waited."""
        if not isinstance(request.user, Member):
            return redirect("account_login")
        is_hers = sociallogin.is_existing and sociallogin.user.pk == request.user.pk
        if is_hers and is_signed_in_anew(sociallogin.claims):
            record_authentication(request, request.user, "socialaccount", provider=PROVIDER, reauthenticated=True)
        else:
            messages.error(request, pgettext("OpenID Connect", "That did not show that it is you. Please try again."))
        back = reverse("account_reauthenticate")
        wanted = safe_next_of(sociallogin.state)
        return redirect(f"{back}?{urlencode({'next': wanted})}" if wanted else back)

    def ask(self, request: HttpRequest, sociallogin: Any, claims: dict[str, Any]) -> HttpResponse:
        """The same answer whether the address has an account: the mail tells."""
        email, name = address_in(claims), name_in(claims)
        if not email or not allow(f"join:{email}", times=MAILS_AN_HOUR, seconds=3600):
            return refused(request)
        asked = ask_to_join(
            email=email,
            name=name or email.partition("@")[0],
            password=NO_PASSWORD,
            language=language_of(sociallogin.state),
            zone="UTC",
            provider_uid=sociallogin.account.uid,
        )
        request.session[ASKED_TO_JOIN] = {"request": asked.pk, "next": safe_next_of(sociallogin.state)}
        return redirect("account_email_verification_sent")

    def on_authentication_error(self, request: HttpRequest, *_: Any, **__: Any) -> None:
        raise ImmediateHttpResponse(refused(request))


def refused(request: HttpRequest) -> HttpResponse:
    return render(request, "account/provider_refused.html", status=403)


def language_of(state: dict[str, Any]) -> str:
    """Of the page that she came from."""
    return known(str((state.get("data") or {}).get("language", DEFAULT)))


def safe_next_of(state: dict[str, Any]) -> str:
    wanted = str(state.get("next") or "")
    return wanted if get_adapter().is_safe_url(wanted) else ""


def is_signed_in_anew(claims: dict[str, Any]) -> bool:
    """Asked for `max_age`, providers say when she signed in; one that does not was asked by `prompt` to ask her."""
    at = claims.get("auth_time")
    return at is None or (isinstance(at, int | float) and is_fresh(at))


def address_in(claims: dict[str, Any]) -> str:
    """Only what the provider has itself confirmed: `true`, and not a word that looks like it."""
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str):
        return ""
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return email.lower() if len(email) <= 254 else ""


def name_in(claims: dict[str, Any]) -> str:
    try:
        return clean_line(str(claims.get("name") or ""))[:80]
    except UnfitText:
        return ""
