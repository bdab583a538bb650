"""Series and sessions: published, moved, retitled, cancelled, restored."""

from typing import Any

from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from webinars.actions.reminding import plan_reminders
from webinars.facts import (
    SCHEDULE,
    SeriesPublished,
    SessionCancelled,
    SessionChanged,
    SessionMoved,
    SessionPublished,
    SessionRestored,
    SessionRetitled,
)
from webinars.models import Series, Session, Speaker
from webinars.plans import SeriesPlan, SessionPlan, Texts, instant


@action
def publish_series(plan: SeriesPlan, *, by: Member | None = None) -> Series:
    series = Series.objects.create(
        slug=plan.slug,
        original_language=plan.original_language,
        languages=list(plan.languages),
        organisers=list(plan.organisers),
        supporters=list(plan.supporters),
        timezone=plan.timezone,
        usual_minutes=plan.usual_minutes,
        **columns("title", plan.titles),
        **columns("description", plan.descriptions),
    )
    record(SeriesPublished(series.pk), streams=[SCHEDULE], actor_id=by.pk if by else None)
    return series


@action
def publish_session(series: Series, plan: SessionPlan, *, by: Member | None = None) -> Session:
    session = Session.objects.create(
        series=series,
        slug=plan.slug,
        number=plan.number,
        original_language=plan.original_language,
        languages=list(plan.languages),
        starts_local=plan.starts_local,
        timezone=plan.timezone,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        is_time_assumed=plan.is_time_assumed,
        is_invented=plan.is_invented,
        is_recorded=plan.is_recorded,
        themes=list(plan.themes),
        programme_id=plan.programme_id,
        **columns("title", plan.titles),
        **columns("abstract", plan.abstracts),
    )
    session.priority_themes.set(plan.priority_theme_ids)
    Speaker.objects.bulk_create(
        Speaker(
            session=session,
            position=position,
            role=speaker.role,
            name=speaker.name,
            city_id=speaker.city_id,
            place=speaker.place,
        )
        for position, speaker in enumerate(plan.speakers, start=1)
    )
    record(SessionPublished(session.pk, series.pk), streams=[SCHEDULE], actor_id=by.pk if by else None)
    return session


@action
def move_session(session_id: int, *, starts_local: str, by: Member | None = None) -> Session:
    """Give a session another time in its zone; it stays as long as it was. The same time again changes nothing.

    Records: SessionMoved. SEQUENCE rises.
    """
    session = _held(session_id)
    if session.starts_local == starts_local:
        return session
    starts_at = instant(starts_local, session.timezone)
    times = {"starts_local": starts_local, "starts_at": starts_at}
    times["ends_at"] = starts_at + (session.ends_at - session.starts_at)
    return _change(session, SessionMoved, by=by, is_rescheduled=True, **times)


@action
def retitle_session(session_id: int, *, titles: Texts, abstracts: Texts, by: Member | None = None) -> Session:
    """Other texts in the languages given; the others stay. Records: SessionRetitled, where anything changed."""
    session = _held(session_id)
    texts = columns("title", titles) | columns("abstract", abstracts)
    if all(getattr(session, column) == text for column, text in texts.items()):
        return session
    return _change(session, SessionRetitled, by=by, is_rescheduled=False, **texts)


@action
def cancel_session(session_id: int, *, reason: str = "", by: Member | None = None) -> Session:
    """It stays on the schedule and in calendars, as cancelled. Records: SessionCancelled. SEQUENCE rises."""
    session = _held(session_id)
    if session.cancelled_at is not None:
        return session
    state = {"cancelled_at": timezone.now(), "cancel_reason": reason}
    return _change(session, SessionCancelled, by=by, is_rescheduled=True, **state)


@action
def restore_session(session_id: int, *, by: Member | None = None) -> Session:
    """It takes place after all. Records: SessionRestored. SEQUENCE rises."""
    session = _held(session_id)
    if session.cancelled_at is None:
        return session
    return _change(session, SessionRestored, by=by, is_rescheduled=True, cancelled_at=None, cancel_reason="")


def _held(session_id: int) -> Session:
    return Session.objects.select_for_update(no_key=True).get(pk=session_id)


def _change(
    session: Session, fact: type[SessionChanged], *, by: Member | None, is_rescheduled: bool, **fields: Any
) -> Session:
    """Params: session, held; is_rescheduled, whether calendars must hear of it as of another date (RFC 5546, 2.1.4)."""
    fields |= {"version": session.version + 1, "changed_at": timezone.now()}
    if is_rescheduled:
        fields["sequence"] = session.sequence + 1
    for name, value in fields.items():
        setattr(session, name, value)
    session.save(update_fields=list(fields))
    record(fact(session.pk, session.series_id), streams=[SCHEDULE], actor_id=by.pk if by else None)
    if is_rescheduled:
        plan_reminders(session)
    return session


def columns(field: str, texts: Texts) -> dict[str, str]:
    """The columns of a curated text: `{"title_en": …, "title_pt": …}`."""
    return {f"{field}_{language}": text for language, text in texts.items()}
