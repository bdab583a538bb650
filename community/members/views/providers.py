"""To the OpenID Connect provider and back."""

from allauth.account.internal.decorators import login_not_required
from allauth.decorators import rate_limit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from requests import RequestException

from community.members.actions.factors import PROVIDER
from community.members.proof import insist_on_proof
from community.members.providers import PROVE, SIGN_IN_ANEW, OpenIDConnect, refused
from community.members.views.joining import safe_next
from i18n.languages import DEFAULT


@never_cache
@require_POST
@login_not_required
@rate_limit(action="login")
def start(request: HttpRequest) -> HttpResponse:
    """Off to the provider: to sign in, to show once more that it is she, or, once she has, to connect the identity."""
    if not settings.OIDC_NAME:
        raise Http404
    process = _process(request)
    provider = get_adapter(request).get_provider(request, PROVIDER)
    provider.oauth2_adapter_class = OpenIDConnect
    try:
        away: HttpResponse = provider.redirect(
            request,
            process=process,
            next_url=safe_next(request) or None,
            data={"language": get_language() or DEFAULT},  # the address to come back to has none
            auth_params=provider.get_auth_params() | (SIGN_IN_ANEW if process == PROVE else {}),
        )
    except (RequestException, ValueError, KeyError):  # it is away, or speaks no OpenID Connect
        return refused(request)
    return away


def _process(request: HttpRequest) -> str:
    if not request.user.is_authenticated:
        return "login"
    if PROVE in request.POST:
        return PROVE
    insist_on_proof(request)
    return "connect"


@never_cache
@login_not_required
def back(request: HttpRequest) -> HttpResponse:
    if not settings.OIDC_NAME:
        raise Http404
    answer: HttpResponse = OAuth2CallbackView.adapter_view(OpenIDConnect(request, PROVIDER))(request)
    return answer
