"""Organisers, and what they type at the desk."""

from typing import Any

from django.test import Client

from tests.factories.members import make_organiser
from webinars.models import Session


def organiser() -> Client:
    client = Client()
    client.force_login(make_organiser())
    return client


def typed(**told: Any) -> dict[str, Any]:
    """The session form as an organiser fills it in."""
    speakers = {"speakers-TOTAL_FORMS": "1", "speakers-INITIAL_FORMS": "0", "speakers-0-role": "Engineer"}
    return {
        "title_en": "Heat at night",
        "title_es": "Calor de noche",
        "day": "2030-03-07",
        "time": "08:00",
        "timezone": "America/New_York",
        "minutes": "60",
        "languages": ["en", "es"],
        "visibility": "draft",
        **speakers,
    } | told


def typed_of(session: Session, **told: Any) -> dict[str, Any]:
    return (
        typed(
            title_en=session.title_en,  # type: ignore[attr-defined]
            title_es=session.title_es or "",  # type: ignore[attr-defined]
            abstract_en=session.abstract_en or "",  # type: ignore[attr-defined]
            day=session.starts_local[:10],
            time=session.starts_local[11:],
            timezone=session.timezone,
            minutes=session.minutes,
            languages=session.languages,
            kind=session.kind,
            visibility=session.visibility,
            version=session.version,
            **({"takes_registrations": "on"} if session.takes_registrations else {}),
        )
        | told
    )
