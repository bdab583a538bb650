"""Rows of lists of sessions, the same for everybody who may see the session."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string

from community.live.fragments import KeptFragments
from i18n.languages import CODES
from webinars.models import Series, Session

IN_SERIES = "series"  # lists of one series leave its name out


@dataclass(frozen=True)
class Row:
    session: Session
    is_on: bool  # now, and not cancelled


def row_fragment(session: Session, language: str, *, now: datetime, in_series: bool = False) -> str:
    """A session's row in a list. Needs `series` fetched along."""
    is_on = session.cancelled_at is None and session.starts_at <= now < session.ends_at
    return _row(Row(session, is_on), language, IN_SERIES if in_series else "")


def _render(row: Row, language: str, place: str) -> str:
    context = {"session": row.session, "is_on": row.is_on, "in_series": place == IN_SERIES}
    return render_to_string("webinars/_session_row.html", context)


def _version(row: Row) -> Hashable:
    """All that the row shows."""
    session = row.session
    return (
        session.pk,
        (session.slug, _titles(session), session.kind, session.starts_at, session.minutes),
        (row.is_on, session.cancelled_at is not None),
        (session.is_recorded, session.is_time_assumed, session.is_invented),
        (tuple(session.languages), tuple(session.interpreted)),
        (session.series.slug, _titles(session.series)),
    )


def _titles(thing: Session | Series) -> tuple[str, ...]:
    return (thing.original_language, *(getattr(thing, f"title_{code}") for code in CODES))


_row = KeptFragments(_render, version=_version, size=5_000)
