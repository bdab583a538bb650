"""What was typed is not lost where a sign-in had run out, or something was sent too often."""

from typing import Any

from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import pgettext

SESSION_KEY = "kept_form"
ASKED_TO_JOIN = (
    "asked_to_join"  # in the session of the browser that asked for an account: which request, and where next
)
MOST_BYTES = 200_000  # of a form's text; what is longer than any form takes is not kept


def is_by_script(request: HttpRequest) -> bool:
    """Whether a page's script has asked, which reads JSON and keeps for itself what it sent."""
    return request.headers.get("Accept") == "application/json"


def sign_in_first(request: HttpRequest, *, back: str) -> HttpResponse:
    """Send a guest to sign in, and then `back`. Scripts get 401."""
    if is_by_script(request):
        return JsonResponse({"error": "signed-out"}, status=401)
    return redirect_to_login(back)


def signed_out(request: HttpRequest, *, back: str) -> HttpResponse:
    """As `sign_in_first`; what was posted waits in the guest's session. Scripts keep what they sent."""
    if request.method == "POST" and not is_by_script(request):
        typed = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
        fields = {name: values if len(values) > 1 else values[-1] for name, values in typed.items() if values}
        if sum(len(value) for values in typed.values() for value in values) <= MOST_BYTES:
            request.session[SESSION_KEY] = {"back": back, "fields": fields}
            messages.info(
                request,
                pgettext("signed out while writing", "Sign in to go on. What you wrote is kept and will be there."),
            )
    return sign_in_first(request, back=back)


def too_often(request: HttpRequest) -> HttpResponse:
    """The page of `handler429`, with what was typed."""
    answer: HttpResponse = respond_429(request)
    return answer


def kept_fields(request: HttpRequest, *, back: str) -> dict[str, Any]:
    """What was typed for this page before the sign-in ran out; a list where several were chosen. Given once."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["back"] != back:
        return {}
    del request.session[SESSION_KEY]
    return dict(kept["fields"])
