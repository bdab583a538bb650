"""The picture of a public session, for those who show links to it."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from webinars.pictures import FORM, picture, poster_of
from webinars.queries import get_session
from webinars.views.calendars import etag_of

AN_HOUR = 60 * 60


@require_safe
def share_picture(request: HttpRequest, series_slug: str, slug: str) -> HttpResponse:
    """As a guest may see it, whoever asks. Its tag is made from its words: who has it already has nothing drawn.

    Raises: Http404, also where not everybody may see the session.
    """
    poster = poster_of(get_session(AnonymousUser(), series_slug, slug))
    etag = etag_of(FORM, poster)
    answer = get_conditional_response(request, etag=etag) or HttpResponse(picture(poster), content_type="image/png")
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = f"public, max-age={AN_HOUR}"
    answer.headers["Accept-Ranges"] = "none"  # it is packed already: see GzipsPages
    return answer
