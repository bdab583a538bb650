"""The same news over HTTP, for pages whose socket is blocked or that have lost count."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from community.facts.snapshot import snapshot
from community.live.keep import heads_of
from community.live.messages import LARGEST_NUMBER
from community.live.streams import NoSuchStream, audience_of, changes
from i18n.languages import known


def answer_changes(request: HttpRequest, stream: str, *, or_now: bool = False) -> HttpResponse:
    """What has changed since `?since=`, for this reader; 304 where her ETag still says it, 400 without a number.

    Params: or_now, without `since` tell what holds at the head, as the socket does.

    Raises: Http404 where she may not watch.
    """
    since = request.GET.get("since", "")
    is_now = or_now and "since" not in request.GET
    if not is_now and not (since.isascii() and since.isdigit() and len(since) < len(str(LARGEST_NUMBER))):
        return JsonResponse({"error": "since"}, status=400)
    language = known(get_language() or "")
    with snapshot():
        try:
            audience = audience_of(stream, request.user.pk if request.user.is_authenticated else None)
        except NoSuchStream as error:
            raise Http404 from error
        if audience is None:
            raise Http404
        head = heads_of([stream])[stream]
        mark = f'"{stream}-{since}-{head}-{language}-{audience}"'
        if request.headers.get("If-None-Match", "").removeprefix("W/") == mark:
            response: HttpResponse = HttpResponseNotModified()
        else:
            told = changes(stream, None if is_now else int(since), language, audience, head=head)
            response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response["ETag"] = mark
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response
