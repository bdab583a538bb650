"""Series and sessions: the smallest that are legal."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from webinars.actions import publish_series, publish_session
from webinars.models import Series, Session
from webinars.plans import SeriesPlan, SessionPlan, SpeakerPlan


def make_series(slug: str = "frontline", **fields: Any) -> Series:
    plan: dict[str, Any] = {
        "titles": {"en": slug.replace("-", " ").capitalize()},
        "descriptions": {},
        "languages": ("en",),
        "timezone": "UTC",
        "usual_minutes": 60,
    }
    return publish_series(SeriesPlan(slug=slug, **{**plan, **fields}))


def make_session(slug: str = "heat", *, series: Series | None = None, **fields: Any) -> Session:
    """A session of an hour tomorrow, in the series `frontline` unless another is given.

    Params: `starts_at`, an aware datetime, instead of `starts_local` and `timezone`.
    """
    starts_at: datetime = fields.pop("starts_at", timezone.now() + timedelta(days=1))
    plan: dict[str, Any] = {
        "titles": {"en": slug.replace("-", " ").capitalize()},
        "abstracts": {},
        "starts_local": starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M"),
        "timezone": "UTC",
        "minutes": 60,
        "languages": ("en",),
    }
    series = series or Series.objects.filter(slug="frontline").first() or make_series()
    return publish_session(series, SessionPlan(slug=slug, **{**plan, **fields}))


def make_speaker(role: str = "Chief Resilience Officer", **fields: Any) -> SpeakerPlan:
    return SpeakerPlan(role=role, **fields)
