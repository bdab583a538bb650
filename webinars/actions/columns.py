"""What a plan says, as columns of its row."""

from collections.abc import Mapping
from typing import Any

from webinars.actions.people import languages_of
from webinars.models import Series, Session
from webinars.plans import SessionPlan, Texts


def times_of(plan: SessionPlan) -> dict[str, Any]:
    return {
        "starts_local": plan.starts_local,
        "timezone": plan.timezone,
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
    }


def texts_of(plan: SessionPlan) -> dict[str, str]:
    return columns("title", plan.titles) | columns("abstract", plan.abstracts)


def others_of(plan: SessionPlan) -> dict[str, Any]:
    """Columns besides, whose change moves and retitles nothing."""
    return {
        "number": plan.number,
        "kind": plan.kind,
        "languages": list(plan.languages),
        "interpreted": languages_of(plan.channels),
        "programme_id": plan.programme_id,
        "co_hosts": plan.co_hosts,
        "themes": list(plan.themes),
        "registration_until": plan.registration_until,
        "registration_until_local": plan.registration_until_local,
        "asks_approval": plan.asks_approval,
        "is_time_assumed": plan.is_time_assumed,
        **columns("recording_consent", plan.recording_consents),
    }


def differs(row: Series | Session, fields: Mapping[str, Any]) -> bool:
    return any((getattr(row, name) or None) != (value or None) for name, value in fields.items())


def columns(field: str, texts: Texts) -> dict[str, str]:
    """The columns of a curated text: `{"title_en": …, "title_pt": …}`."""
    return {f"{field}_{language}": text for language, text in texts.items()}
