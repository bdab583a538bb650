"""The schedule by days: a month, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from i18n.days import weekdays_in_words
from i18n.zones import zone, zone_names
from webinars.forms import ClocksForm
from webinars.keeping import keep_schedule, keep_until_tomorrow
from webinars.months import month_of
from webinars.queries import all_series, seen_between


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """`?from=2026-12`, else the present one; `?series=` narrows it.

    A member's days are those of her zone. A guest's page is the same for all guests: hers are those of the zone that
    the address names (`?zone=`, an IANA name), else of UTC. What an address says that is not there is passed over.
    """
    asked = request.GET.get("zone", "")
    chosen = zone(asked) if asked in zone_names() else timezone.get_current_timezone()
    keep_schedule(request)
    with timezone.override(chosen):
        keep_until_tomorrow(request)
        every = all_series()
        series = next((each for each in every if each.slug == request.GET.get("series")), None)
        span = month_of(request.GET.get("from", ""))
        sessions = seen_between(request.user, span.starts_at, span.ends_at, series=series)
        context = {
            "every_series": every,
            "series": series,
            "span": span,
            "sessions": sessions,
            "weeks": span.weeks(sessions),
            "weekdays": weekdays_in_words(span.days[0].weekday()),
            "clocks": None if request.user.is_authenticated else ClocksForm.of(str(chosen), is_asked=bool(asked)),
            "now": timezone.now(),
        }
        return render(request, "webinars/month.html", context)
