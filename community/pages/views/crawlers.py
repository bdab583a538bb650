"""What programs ask of every site without having read a page of it."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from community.pages.context import UNLISTED, with_language
from i18n.languages import CODES

UNPREFIXED = ("admin", "live", "metrics")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """RFC 9309. What is one's own, and what answers a question, is in no index; nor are the forms that write."""
    paths = [with_language(path, code) for code in CODES for path in UNLISTED]
    paths += [f"/{word}/" for word in UNPREFIXED] + ["/*/new/$", "/*/edit/$"]
    rules = "".join(f"Disallow: {path}\n" for path in paths)
    return HttpResponse(f"User-agent: *\n{rules}", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("community/icon.svg"))
