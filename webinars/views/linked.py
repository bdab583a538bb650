"""Pages behind a link that somebody got by mail: whoever has the link is let in."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def behind_a_link(view: View) -> View:
    """Its address goes on to nobody: not as a referrer, not from a cache, not to a search engine.

    It needs no token against forged requests: who could forge one would have to know the secret in the address, and
    the view acts for nobody's account. (A page that sends no referrer also sends `Origin: null` with its forms, which
    Django would refuse.)
    """

    @csrf_exempt
    @never_cache
    @wraps(view)
    def told(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return told
