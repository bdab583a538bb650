"""The schedule for frames on other sites: no script, no form, nobody is signed in."""

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from i18n.zones import zone, zone_names
from webinars.keeping import keep_schedule
from webinars.models import Series
from webinars.queries import upcoming

SHOWN = 12  # sessions


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["'self'", *settings.EMBED_IN]})  # type: ignore[untyped-decorator]
def embed(request: HttpRequest) -> HttpResponse:
    """What comes next, as guests see it: the frame's reader is known to nobody, so the address names the time zone.

    `?series=` narrows it, `?zone=` is an IANA name; without one times stand in the zone of the series, or in UTC.
    """
    keep_schedule(request)
    series = Series.objects.filter(slug=request.GET.get("series", "")).first()
    asked = request.GET.get("zone", "")
    usual = series.timezone if series else "UTC"
    with timezone.override(zone(asked if asked in zone_names() else usual)):
        sessions = list(upcoming(AnonymousUser(), series=series)[:SHOWN])
        context = {"series": series, "sessions": sessions, "now": timezone.now()}
        return render(request, "webinars/embed.html", context)
