"""Pages for what went wrong: each says what happened and what to do next. What was typed is not lost."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException, UnreadablePostError
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.translation import get_language, pgettext

from community.members.keeping import is_by_script
from i18n.direction import direction_of
from i18n.languages import known

LONG = 8  # characters; a longer text is shown to be read again before it is sent again
SECRETS = ("password", "code")  # what is in such fields is typed again
# Where people write, what they wrote most of first; and fields that they never see.
WRITINGS = ("body", "sought", "offered", "about", "text", "description", "context", "note", "reason", "title", "name")
UNSEEN = ("next", "token", "files", "version", "place", "timezone", "language")


@dataclass(frozen=True)
class Typed:
    """What a form brought, in its order; `text` is what she would miss most of it."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    text_name: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.fields or self.text)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return failure(
        request,
        status=400,
        title=pgettext("page for a request that cannot be read", "We could not read that"),
        words=pgettext(
            "page for a request that cannot be read",
            "Something in what your browser sent was too large or broken. Go back, look it over and send it again.",
        ),
        typed=typed(request),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """It was not read, so it cannot be given back."""
    words = pgettext(
        "page for a form that is too large",
        "You sent %(size)s, and a form may bring at most %(most)s. Nothing was saved. Go back with your browser, which "
        "usually keeps what you typed. Shorten it there, or send it in parts.",
    )
    sizes = {"size": _size_of(request), "most": filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)}
    title = pgettext("page for a form that is too large", "That is too long to send at once")
    return failure(request, status=413, title=title, words=words % sizes)


def _size_of(request: HttpRequest) -> str:
    length = request.META.get("CONTENT_LENGTH") or ""
    return filesizeformat(int(length) if length.isascii() and length.isdigit() else 0)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    reason = getattr(exception, "reason", "")
    return failure(
        request,
        status=403,
        title=pgettext("page for a deed that is not allowed", "You do not have access to this"),
        words=reason
        or pgettext(
            "page for a deed that is not allowed", "You may need to sign in, or to belong to the group that keeps it."
        ),
        offers_sign_in=True,
        written=written(request),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return failure(
        request,
        status=404,
        title=pgettext("page for an address without a page", "There is no page here"),
        words=pgettext(
            "page for an address without a page",
            "It may have moved, or it may be open to members only. Begin again at the forums.",
        ),
        offers_sign_in=True,
        written=written(request),
    )


def too_fast(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """RFC 6585, 4. The fields come back, to be sent again a little later."""
    return failure(
        request,
        status=429,
        title=pgettext("page for too many tries", "A little too fast"),
        words=pgettext(
            "page for too many tries",
            "There were many tries in a row from here. Please wait a few minutes and try again; nothing is lost.",
        ),
        typed=typed(request) if request.method == "POST" and is_from_here(request) else Typed(),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token had run out. Its fields come back with a fresh token, to be sent with one tap.

    A form that another site sent gets nothing back: its fields are not ours to vouch for.
    """
    kept = typed(request) if is_from_here(request) else Typed()
    return failure(
        request,
        status=403,
        title=pgettext("page for a form that was open too long", "This form was open for too long"),
        words=pgettext(
            "page for a form that was open too long", "Nothing you wrote is lost. Look it over and send it again."
        )
        if kept
        else pgettext(
            "page for a form that was open too long",
            "Go back, reload the page and send it again. Frontline needs its cookies for that.",
        ),
        typed=kept,
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Asks neither the database nor the session: they may be what is broken."""
    language = known(get_language() or "")
    context = {"language": language, "direction": direction_of(language)}
    return HttpResponse(render_to_string("pages/broken.html", context), status=500)


def failure(request: HttpRequest, *, status: int, **context: Any) -> HttpResponse:
    if is_by_script(request):
        return JsonResponse({"words": str(context["words"])}, status=status)
    return render(request, "pages/failure.html", {"address": request.get_full_path(), **context}, status=status)


def is_from_here(request: HttpRequest) -> bool:
    return request.headers.get("Origin") in settings.ALLOWED_ORIGINS


def typed(request: HttpRequest) -> Typed:
    """The posted fields but tokens and secrets; nothing where they cannot be read (again)."""
    try:
        posted = [(name, value) for name, values in request.POST.lists() for value in values if isinstance(value, str)]
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError, RawPostDataException):
        return Typed()
    fields = [(name, value) for name, value in posted if name != "csrfmiddlewaretoken" and not is_secret(name)]
    if not fields:
        return Typed()
    text = _writing(fields)
    return Typed(fields=fields) if text is None else Typed([each for each in fields if each is not text], *text)


def _writing(fields: list[tuple[str, str]]) -> tuple[str, str] | None:
    """The field that she wrote most in, of those that she saw."""
    for wanted in WRITINGS:
        for each in fields:
            if each[0] == wanted and each[1].strip():
                return each
    seen = [each for each in fields if each[0] not in UNSEEN]
    longest = max(seen, key=lambda each: len(each[1]), default=None)
    return longest if longest and (len(longest[1]) >= LONG or "\n" in longest[1]) else None


def written(request: HttpRequest) -> str:
    """What she had written for a deed that was refused, or for what is gone: to take along."""
    return typed(request).text if request.method == "POST" and is_from_here(request) else ""


def is_secret(name: str) -> bool:
    return any(word in name.lower() for word in SECRETS)
