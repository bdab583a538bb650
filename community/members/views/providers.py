"""To the OpenID Connect provider and back."""

from allauth.account.internal.decorators import login_not_required
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.decorators import rate_limit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from requests import RequestException

from community.members.actions.factors import PROVIDER
from community.members.providers import OpenIDConnect, refused
from community.members.views.joining import safe_next


@never_cache
@require_POST
@login_not_required
@rate_limit(action="login")
def start(request: HttpRequest) -> HttpResponse:
    """Off to the provider: to sign in, or, signed in and proved, to connect the identity to the account."""
    if not settings.OIDC_NAME:
        raise Http404
    process = "login"
    if request.user.is_authenticated:
        raise_if_reauthentication_required(request, app="allauth.mfa")
        process = "connect"
    provider = get_adapter(request).get_provider(request, PROVIDER)
    provider.oauth2_adapter_class = OpenIDConnect
    try:
        away: HttpResponse = provider.redirect(request, process=process, next_url=safe_next(request) or None)
    except (RequestException, ValueError, KeyError):  # it is away, or speaks no OpenID Connect
        return refused(request)
    return away


@never_cache
@login_not_required
def back(request: HttpRequest) -> HttpResponse:
    if not settings.OIDC_NAME:
        raise Http404
    answer: HttpResponse = OAuth2CallbackView.adapter_view(OpenIDConnect(request, PROVIDER))(request)
    return answer
